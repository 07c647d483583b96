import { CircleAlert, CircleCheck, Clock3, X, type LucideIcon } from 'lucide-react'
import { create } from 'zustand'
import { oneUnit } from '@/lib/time'
import { texts } from './texts/states'
import { Button, IconButton } from './ui/Button'

type Kind = 'done' | 'wait' | 'failed'

interface Announcement {
  id: number
  text: string
  kind: Kind
  /** Takes back what was done. */
  undo?: (() => void) | undefined
}

const LOOK: Record<Kind, { icon: LucideIcon; colour: string }> = {
  done: { icon: CircleCheck, colour: 'text-ok-text' },
  wait: { icon: Clock3, colour: 'text-info-text' },
  failed: { icon: CircleAlert, colour: 'text-bad-text' },
}

const useAnnouncements = create<{ list: Announcement[] }>(() => ({ list: [] }))

const SHOWN_MS = 6000
let lastId = 0

function dismiss(id: number): void {
  useAnnouncements.setState(({ list }) => ({ list: list.filter((announcement) => announcement.id !== id) }))
}

const timers = new Map<number, ReturnType<typeof setTimeout>>()

/** Lets an announcement go after a while, counted anew. */
function countDown(id: number): void {
  hold(id)
  timers.set(id, setTimeout(() => dismiss(id), SHOWN_MS))
}

/** Keeps it while somebody reads it, or reaches for its button. */
function hold(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
}

function push(text: string, kind: Kind, undo?: () => void): void {
  lastId += 1
  const id = lastId
  useAnnouncements.setState(({ list }) => ({ list: [...list.slice(-2), { id, text, kind, undo }] }))
  // A failure stays until it was read.
  if (kind !== 'failed') countDown(id)
}

/** Says what an act did, on screen and to screen readers, and offers to take it back. */
export const announce = (text: string, undo?: () => void): void => push(text, 'done', undo)

export const announceFailure = (error: unknown): void =>
  push(error instanceof Error ? error.message : texts.announcements.failed, 'failed')

/** Says that it is too early for something, which is nobody's failure, and when it is not. */
export const announceWait = (text: string, seconds: number | undefined): void =>
  push(`${text} ${texts.states.wait({ wait: seconds === undefined ? undefined : oneUnit(seconds * 1000) })}`, 'wait')

function Icon({ kind }: { kind: Kind }) {
  const { icon: Shape, colour } = LOOK[kind]
  return <Shape aria-hidden className={`size-4 shrink-0 ${colour}`} />
}

export function Announcements() {
  const list = useAnnouncements((state) => state.list)
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))] max-sm:top-13 max-sm:bottom-auto"
    >
      {list.map(({ id, text, kind, undo }) => (
        // Whoever reads it keeps it; nothing else is done by pointer or focus.
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions
        <div
          key={id}
          onPointerEnter={() => hold(id)}
          onPointerLeave={() => kind !== 'failed' && countDown(id)}
          onFocus={() => hold(id)}
          onBlur={() => kind !== 'failed' && countDown(id)}
          className="pointer-events-auto flex max-w-md animate-pop items-center gap-2 rounded-lg border border-line bg-surface-1 py-1 pr-1 pl-3 text-13 shadow-[0_8px_24px_var(--shadow-color)]"
        >
          <Icon kind={kind} />
          <span className="wrap-anywhere">{text}</span>
          {undo && (
            <Button
              variant="quiet"
              onClick={() => {
                undo()
                dismiss(id)
              }}
            >
              {texts.announcements.undo}
            </Button>
          )}
          <IconButton label={texts.announcements.dismiss} icon={X} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  )
}
