import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { create } from 'zustand'
import { IconButton } from './ui/Button'

interface Announcement {
  id: number
  text: string
  failed: boolean
}

const useAnnouncements = create<{ list: Announcement[] }>(() => ({ list: [] }))

const SHOWN_MS = 6000
let lastId = 0

function dismiss(id: number): void {
  useAnnouncements.setState(({ list }) => ({ list: list.filter((announcement) => announcement.id !== id) }))
}

function push(text: string, failed: boolean): void {
  lastId += 1
  const id = lastId
  useAnnouncements.setState(({ list }) => ({ list: [...list.slice(-2), { id, text, failed }] }))
  // A failure stays until it was read.
  if (!failed) setTimeout(() => dismiss(id), SHOWN_MS)
}

/** Says what an act did, on screen and to screen readers. */
export const announce = (text: string): void => push(text, false)

export const announceFailure = (error: unknown): void =>
  push(error instanceof Error ? error.message : 'Something went wrong.', true)

export function Announcements() {
  const list = useAnnouncements((state) => state.list)
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
    >
      {list.map(({ id, text, failed }) => (
        <div
          key={id}
          className="pointer-events-auto flex max-w-md animate-pop items-center gap-2 rounded-lg border border-line bg-surface-1 py-1 pr-1 pl-3 text-13 shadow-[0_8px_24px_var(--shadow-color)]"
        >
          {failed ? (
            <CircleAlert aria-hidden className="size-4 shrink-0 text-bad-text" />
          ) : (
            <CircleCheck aria-hidden className="size-4 shrink-0 text-ok-text" />
          )}
          <span>{text}</span>
          <IconButton label="Dismiss" icon={X} onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  )
}
