import clsx from 'clsx'
import { Popover as Radix } from 'radix-ui'
import { use, type ReactNode } from 'react'
import { PortalContainer } from './portal'

interface PopoverProps {
  trigger: ReactNode
  label: string
  align?: 'start' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** For a list to choose from. */
  compact?: boolean
  children: ReactNode
}

export function Popover({ trigger, label, align = 'start', compact = false, children, ...state }: PopoverProps) {
  // What a panel opens belongs to it: nothing beside a modal one can be pressed.
  const panel = use(PortalContainer)
  return (
    <Radix.Root {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={panel}>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          // The trigger has the focus again, a moment after it is closed: not from somebody who went on elsewhere meanwhile.
          onCloseAutoFocus={(event) => {
            if (document.activeElement !== document.body) event.preventDefault()
          }}
          className={clsx(
            'z-50 max-w-[calc(100vw-1rem)] animate-pop overflow-y-auto rounded-lg border border-line bg-surface-1 shadow-[0_8px_24px_var(--shadow-color)]',
            compact ? 'max-h-[min(24rem,var(--radix-popover-content-available-height))] w-72 p-1.5' : 'max-h-(--radix-popover-content-available-height) w-80 p-4',
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
