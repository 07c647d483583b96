import clsx from 'clsx'
import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { use, useState, type ReactNode } from 'react'
import { PortalContainer } from './portal'

interface MenuProps {
  trigger: ReactNode
  align?: 'start' | 'end'
  children: ReactNode
}

const ITEM =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-13 outline-none select-none data-highlighted:bg-surface-2 touch:min-h-11'

export function Menu({ trigger, align = 'start', children }: MenuProps) {
  const dialog = use(PortalContainer)
  // The landmark that an opened menu belongs to. It is found when the menu opens, and stays: a menu in the header is there
  // before it, and one that moved to another place while it is open would be made anew, and close.
  const [landmark, setLandmark] = useState<HTMLElement | null>(null)
  return (
    <Radix.Root modal={false} onOpenChange={(open) => open && setLandmark(document.getElementById('main'))}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={dialog ?? landmark}>
        <Radix.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-pop overflow-y-auto rounded-lg border border-line bg-surface-1 p-1 shadow-[0_8px_24px_var(--shadow-color)]"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface MenuItemProps {
  icon?: LucideIcon
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon: Icon, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item className={ITEM} onSelect={onSelect}>
      {Icon && <Icon aria-hidden className="size-4 text-text-3" />}
      {children}
    </Radix.Item>
  )
}

/** One that leads to another page: `children` is its link. */
export function MenuLink({ children }: { children: ReactNode }) {
  return (
    <Radix.Item asChild className={ITEM}>
      {children}
    </Radix.Item>
  )
}

interface MenuChoiceProps {
  value: string
  onChange: (value: string) => void
  label: string
  options: readonly { value: string; label: ReactNode; icon?: LucideIcon }[]
}

/** One of several, the chosen one checked. */
export function MenuChoice({ value, onChange, label, options }: MenuChoiceProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      {options.map(({ value: option, label: text, icon: Icon }) => (
        <Radix.RadioItem key={option} value={option} className={clsx(ITEM, 'pr-3')}>
          <span className="flex size-4 items-center justify-center">
            <Radix.ItemIndicator>
              <Check aria-hidden className="size-4 text-accent-text" />
            </Radix.ItemIndicator>
          </span>
          {Icon && <Icon aria-hidden className="size-4 text-text-3" />}
          {text}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

interface MenuCheckProps {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}

/** One of several that are on or off; the menu stays open for the next. */
export function MenuCheck({ checked, onChange, children }: MenuCheckProps) {
  return (
    <Radix.CheckboxItem className={ITEM} checked={checked} onCheckedChange={onChange} onSelect={(event) => event.preventDefault()}>
      <span className="flex size-4 items-center justify-center">
        <Radix.ItemIndicator>
          <Check aria-hidden className="size-4 text-accent-text" />
        </Radix.ItemIndicator>
      </span>
      {children}
    </Radix.CheckboxItem>
  )
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 text-12 text-text-3">{children}</div>
}

export const MenuSeparator = () => <Radix.Separator className="my-1 h-px bg-line" />
