import { Command } from 'cmdk'
import { Check, type LucideIcon } from 'lucide-react'
import { useState, type ReactElement, type ReactNode } from 'react'
import { Popover } from './Popover'

interface ChoicePopoverProps {
  trigger: ReactElement
  /** What is chosen. */
  label: string
  placeholder: string
  /** What stands there when nothing has what is typed in it. */
  none: string
  value: string
  onChange: (value: string) => void
  options: readonly { value: string; label: string; note?: string }[]
  /** What else can be done there, whatever is typed. */
  actions?: readonly { label: string; icon: LucideIcon; onSelect: () => void }[]
  children?: ReactNode
}

const ITEM = 'flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 text-13 data-[selected=true]:bg-surface-2 touch:min-h-11'

/** One of many, found by typing; where there are few, a menu shows them all. */
export function ChoicePopover({ trigger, label, placeholder, none, value, onChange, options, actions = [], children }: ChoicePopoverProps) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  // What is chosen is marked at first, and else a value, not a place: it stays marked while the list changes around it.
  const [active, setActive] = useState(value)
  const text = typed.trim().toLowerCase()
  const found = options.filter(({ label: name }) => name.toLowerCase().includes(text))
  const act = (then: () => void) => () => {
    setOpen(false)
    then()
  }
  return (
    <Popover
      label={label}
      trigger={trigger}
      compact
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setTyped('')
        setActive(value)
      }}
    >
      <Command label={label} shouldFilter={false} loop value={active} onValueChange={setActive}>
        <Command.Input placeholder={placeholder} className="mb-1 h-8 w-full rounded-md border border-line bg-surface-1 px-2.5 text-13 touch:h-11" value={typed} onValueChange={setTyped} />
        <Command.List label={label}>
          {found.map((option) => (
            <Command.Item key={option.value} value={option.value} aria-current={option.value === value || undefined} onSelect={act(() => onChange(option.value))} className={ITEM}>
              <span className="flex size-4 shrink-0 items-center justify-center">{option.value === value && <Check aria-hidden className="size-4 text-accent-text" />}</span>
              <span className="min-w-0 flex-1">
                <span className="block truncate" title={option.label}>
                  {option.label}
                </span>
                {option.note !== undefined && <span className="block text-12 text-text-3">{option.note}</span>}
              </span>
            </Command.Item>
          ))}
          {actions.map(({ label: words, icon: Icon, onSelect }, index) => (
            <Command.Item key={words} value={`act ${words}`} onSelect={act(onSelect)} className={index === 0 ? `${ITEM} mt-1 border-t border-line` : ITEM}>
              <Icon aria-hidden className="size-4 text-text-3" />
              {words}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
      {found.length === 0 && (
        <p role="status" className="px-2 py-2 text-13 text-text-3">
          {none}
        </p>
      )}
      {children}
    </Popover>
  )
}
