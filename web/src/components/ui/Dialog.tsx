import clsx from 'clsx'
import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef, useState, type ReactNode } from 'react'
import { useMediaQuery } from '@/lib/mediaQuery'
import { hasUnsaved } from '../unsaved'
import { IconButton } from './Button'
import { PortalContainer } from './portal'
import { texts } from './texts'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** Set for what must not be lost by a press beside it. */
  modalOnly?: boolean
  /** False for what only its own buttons close. */
  closable?: boolean
  /** Nothing of the page is seen behind it. */
  opaque?: boolean
  children: ReactNode
}

const OVERLAY = 'fixed inset-0 z-40 animate-fade'

/** A centred dialog; on a phone it rises from the bottom, within the thumb's reach. */
export function Dialog({ open, onOpenChange, title, description, modalOnly = false, closable = true, opaque = false, children }: DialogProps) {
  const content = useRef<HTMLDivElement>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={clsx(OVERLAY, opaque ? 'bg-surface-0' : 'bg-overlay')} />
        <Radix.Content
          ref={content}
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            const field = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('input, select, textarea')
            if (!field) return
            event.preventDefault()
            field.focus()
          }}
          onInteractOutside={(event) => {
            // A press beside it, or Esc by habit, must not lose what was typed.
            if (modalOnly || (content.current && hasUnsaved(content.current))) event.preventDefault()
          }}
          onEscapeKeyDown={(event) => {
            if (!closable || (content.current && hasUnsaved(content.current))) event.preventDefault()
          }}
          className={clsx(
            'fixed z-50 max-h-[85dvh] w-full animate-pop overflow-y-auto border border-line bg-surface-1 p-4 shadow-[0_16px_48px_var(--shadow-color)]',
            'bottom-0 left-0 rounded-t-xl pb-[max(1rem,env(safe-area-inset-bottom))]',
            'sm:top-[18vh] sm:bottom-auto sm:left-1/2 sm:max-w-lg sm:-translate-x-1/2 sm:rounded-xl',
          )}
        >
          <div className="flex items-start gap-4">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-16 font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-13 text-text-2">{description}</Radix.Description>}
            </div>
            {closable && (
              <Radix.Close asChild>
                <IconButton label={texts.dialog.close} icon={X} />
              </Radix.Close>
            )}
          </div>
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-4 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">{children}</div>
}

/** As in styles.css, where the page makes room for it. */
const ROOM_FOR_BOTH = '(min-width: 80rem)'

/** The focus stays where it is, and what is done beside the panel is no reason to close it. */
const BESIDE = {
  'data-panel': '',
  onOpenAutoFocus: (event: Event) => event.preventDefault(),
  onInteractOutside: (event: Event) => event.preventDefault(),
  onCloseAutoFocus: (event: Event) => {
    // Who was in the panel goes back to where they came from.
    if (document.activeElement !== document.body) event.preventDefault()
  },
}

interface SheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  side: 'left' | 'right'
  children: ReactNode
}

/** A panel along a side of the window. On the right of a wide one it is beside the page, which goes on: rows are walked and opened with it there. */
export function Sheet({ open, onOpenChange, title, side, children }: SheetProps) {
  const [panel, setPanel] = useState<HTMLElement | null>(null)
  const isBeside = useMediaQuery(ROOM_FOR_BOTH) && side === 'right'
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={!isBeside}>
      <Radix.Portal>
        {!isBeside && <Radix.Overlay className={`${OVERLAY} bg-overlay`} />}
        <Radix.Content
          ref={setPanel}
          aria-describedby={undefined}
          {...(isBeside && BESIDE)}
          className={clsx(
            'fixed inset-y-0 z-50 flex flex-col overflow-y-auto border-line bg-surface-1 shadow-[0_0_48px_var(--shadow-color)]',
            side === 'left' ? 'left-0 w-60 animate-drawer border-r' : 'right-0 w-full max-w-md animate-fade border-l',
          )}
        >
          {side === 'right' ? (
            <div className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
              <Radix.Title className="min-w-0 flex-1 truncate text-16 font-semibold">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label={texts.dialog.close} icon={X} />
              </Radix.Close>
            </div>
          ) : (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          )}
          <PortalContainer value={panel}>{children}</PortalContainer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
