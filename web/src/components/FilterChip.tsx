import { X } from 'lucide-react'
import { texts } from './texts/forms'

interface FilterChipProps {
  label: string
  value: string
  onRemove: () => void
}

/** A filter that is set, and the way to unset it. */
export function FilterChip({ label, value, onRemove }: FilterChipProps) {
  return (
    <button
      type="button"
      aria-label={texts.filterChip.remove({ label, value })}
      onClick={onRemove}
      className="inline-flex h-7 max-w-64 items-center gap-1.5 rounded-md bg-accent-soft px-2 text-13 text-accent-text hover:bg-surface-3 touch:h-11"
    >
      <span className="truncate">
        {label}: {value}
      </span>
      <X aria-hidden className="size-3.5 shrink-0" />
    </button>
  )
}
