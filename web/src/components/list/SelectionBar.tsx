import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/Button'
import { texts } from './texts'

interface SelectionBarProps {
  label: string
  says: string
  onClear: () => void
  children: ReactNode
  /** What is to be said of the selected rows, on lines of its own. */
  below?: ReactNode
}

/** What can be done with the rows that are selected, within reach wherever the list is scrolled to. */
export function SelectionBar({ label, says, onClear, children, below }: SelectionBarProps) {
  return (
    <div
      role="region"
      aria-label={label}
      className="sticky bottom-3 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap max-sm:w-full items-center gap-2 rounded-lg border border-line bg-surface-1 p-2 pl-4 text-13 shadow-[0_8px_24px_var(--shadow-color)]"
    >
      <span className="max-sm:-order-2 max-sm:flex-1">{says}</span>
      {children}
      <IconButton label={texts.selection.clear} icon={X} className="max-sm:-order-1" onClick={onClear} />
      {below}
    </div>
  )
}
