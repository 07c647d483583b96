import clsx from 'clsx'
import { texts } from './texts'

interface SwitchProps {
  label: string
  checked: boolean
  /** Shows progress and ignores presses. */
  busy?: boolean
  onChange: (checked: boolean) => void
}

/** Something that is on or off, and says so. */
export function Switch({ label, checked, busy = false, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-busy={busy || undefined}
      aria-label={label}
      className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md px-1 text-13 text-text-2 touch:h-11"
      onClick={() => {
        if (!busy) onChange(!checked)
      }}
    >
      <span aria-hidden className={clsx('flex h-5 w-9 items-center rounded-full border p-0.5 transition-colors', checked ? 'justify-end border-accent bg-accent' : 'justify-start border-line-strong bg-surface-2')}>
        <span className={clsx('size-3.5 rounded-full', checked ? 'bg-on-accent' : 'bg-text-3')} />
      </span>
      <span className="w-6 text-left">{checked ? texts.switch.on : texts.switch.off}</span>
    </button>
  )
}
