import { useEffect, useRef } from 'react'

type Shortcuts = Record<string, () => void>

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const isCovered = (): boolean => document.querySelector('[role=dialog]:not([data-panel]),[role=alertdialog],[role=menu]') !== null

function nameOf(event: KeyboardEvent): string {
  return event.metaKey || event.ctrlKey ? `mod+${event.key.toLowerCase()}` : event.key
}

/**
 * Keys that act on the page. Plain keys rest while something is typed, and behind an open dialog, though not beside a panel;
 * keys with a modifier ("mod+k", command or control) always work.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = nameOf(event)
      const act = latest.current[name]
      if (!act || event.altKey || event.defaultPrevented) return
      if (!name.startsWith('mod+') && (isTyping(event.target) || isCovered())) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
