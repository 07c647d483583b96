import clsx from 'clsx'
import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger'

const VARIANTS: Record<Variant, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
  secondary: 'border-line bg-surface-1 text-text-1 hover:border-line-strong hover:bg-surface-2',
  quiet: 'border-transparent text-text-2 hover:bg-surface-2 hover:text-text-1',
  danger: 'border-bad-text bg-bad-text text-surface-1 hover:opacity-90',
}

/** The look of a button, for links that act like one. */
export function buttonClass(variant: Variant = 'secondary', className?: string): string {
  return clsx(
    'inline-flex h-8 shrink-0 items-center justify-center gap-2 rounded-md border px-3 text-13 whitespace-nowrap transition-colors select-none',
    'aria-disabled:cursor-not-allowed aria-disabled:opacity-60 touch:h-11',
    VARIANTS[variant],
    className,
  )
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  variant?: Variant
  icon?: LucideIcon
  /** Shows progress and ignores presses, keeping the focus where it is. */
  busy?: boolean
  disabled?: boolean
  children: ReactNode
}

export function Button({ variant, icon: Icon, busy = false, disabled = false, className, children, onClick, type = 'button', ...rest }: ButtonProps) {
  const inert = busy || disabled
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      className={buttonClass(variant, className)}
      onClick={(event) => {
        if (inert) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {busy ? <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" /> : Icon && <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </button>
  )
}

/** The look of a button that is an icon, for links that act like one. */
export const iconButtonClass = (className?: string): string =>
  clsx('inline-flex size-8 shrink-0 items-center justify-center rounded-md text-text-2 transition-colors hover:bg-surface-2 hover:text-text-1 touch:size-11', className)

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The button's name, shown on hover too. */
  label: string
  icon: LucideIcon
}

export function IconButton({ label, icon: Icon, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={iconButtonClass(className)}
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
