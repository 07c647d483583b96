import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/Button'

/** What can be done with the rows that are selected, within reach wherever the list is scrolled to. */
export function SelectionBar({ label, says, onClear, children }: { label: string; says: string; onClear: () => void; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      className="sticky bottom-3 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line bg-surface-1 p-2 pl-4 text-13 shadow-[0_8px_24px_var(--shadow-color)]"
    >
      {says}
      {children}
      <IconButton label="Clear selection" icon={X} onClick={onClear} />
    </div>
  )
}
