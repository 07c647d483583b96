import { cloneElement, useEffect, useRef, useState, type ComponentProps, type ComponentType, type ReactElement } from 'react'
import { announceFailure } from '../announcements'
import { NOT_LOADED } from './part'

export interface OnDemandProps {
  /** The button that opens it, which the menu or popover takes over. */
  trigger: ReactElement<TriggerProps>
}

type TriggerProps = ComponentProps<'button'>

interface Props<Rest> {
  kind: 'menu' | 'popover'
  trigger: ReactElement
  /** The same at each call: it is asked for anew when it is another one. */
  load: () => Promise<{ default: ComponentType<Rest & OnDemandProps> }>
  /** What the menu needs to know besides. */
  rest: Rest
}

/** Safari has no such callback. */
function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(act)
    return () => cancelIdleCallback(id)
  }
  const timer = setTimeout(act, 2000)
  return () => clearTimeout(timer)
}

type Press = 'pointer' | 'key'

/** Does to the button what its user did before there was anything to open. */
function pressAgain(button: HTMLButtonElement, kind: 'menu' | 'popover', press: Press): void {
  if (kind === 'popover') button.click()
  else if (press === 'key') button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  else button.dispatchEvent(new MouseEvent('pointerdown', { button: 0, bubbles: true, cancelable: true }))
}

/**
 * A button whose menu or popover is loaded when it is reached for: a fifth of what the frame would weigh else, for
 * what is opened now and then. Its code is asked for once the page is at rest, too, so that it is there when the server is not.
 */
export function OnDemand<Rest extends object>({ kind, trigger, load, rest }: Props<Rest>) {
  const [Opened, setOpened] = useState<ComponentType<Rest & OnDemandProps> | null>(null)
  const [press, setPress] = useState<Press | null>(null)
  const [button, setButton] = useState<HTMLButtonElement | null>(null)
  const done = useRef(false)
  const preload = () => void load().catch(() => undefined)
  useEffect(() => whenIdle(() => void load().catch(() => undefined)), [load])

  // By now the menu listens: effects of what is inside come first. The button of before is still known for a moment.
  useEffect(() => {
    if (!Opened || !press || !button?.isConnected || done.current) return
    done.current = true
    pressAgain(button, kind, press)
  }, [Opened, press, button, kind])

  if (Opened) return <Opened {...rest} trigger={cloneElement(trigger as OnDemandProps['trigger'], { ref: setButton })} />

  const open = (how: Press) => {
    if (press) return
    setPress(how)
    load()
      .then(({ default: Loaded }) => setOpened(() => Loaded))
      .catch(() => {
        setPress(null)
        announceFailure(NOT_LOADED)
      })
  }
  return cloneElement(trigger as OnDemandProps['trigger'], {
    ref: setButton,
    'aria-haspopup': kind === 'menu' ? 'menu' : 'dialog',
    'aria-expanded': false,
    'aria-busy': press !== null || undefined,
    onPointerEnter: preload,
    onFocus: preload,
    // The press of a key is a click, too, without a count.
    onClick: (event) => open(event.detail === 0 ? 'key' : 'pointer'),
    onKeyDown: (event) => {
      if (kind !== 'menu' || event.key !== 'ArrowDown') return
      event.preventDefault()
      open('key')
    },
  })
}
