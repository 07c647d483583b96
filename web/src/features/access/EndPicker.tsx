import { useId } from 'react'
import { OneInput } from '@/components/finder/OneInput'
import type { End, EndKind } from '@/lib/accessEnds'
import { given } from '@/queries/pages'
import type { Found } from '@/queries/found'

interface EndPickerProps {
  /** The word of the sentence before it: it names the field. */
  label: string
  placeholder: string
  kinds: readonly EndKind[]
  accountId: string | undefined
  chosen: End | undefined
  name: string | null | undefined
  error: string | undefined
  errorId: string
  onChoose: (end: Found<EndKind>) => void
}

/** One side of the question, with its word of the sentence. */
export function EndPicker({ label, accountId, error, errorId, ...rest }: EndPickerProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="w-10 shrink-0 text-14 text-text-2 lg:w-auto">
        {label}
      </label>
      <OneInput {...rest} label={label} filters={given({ accountId })} wiring={{ id, 'aria-describedby': error && errorId, 'aria-invalid': error ? true : undefined }} />
    </div>
  )
}
