import clsx from 'clsx'
import { useId, type ComponentProps, type ReactNode } from 'react'

interface CardProps extends Omit<ComponentProps<'section'>, 'title'> {
  title?: ReactNode
  /** Said beside the title, in a quieter voice. */
  note?: ReactNode
  action?: ReactNode
}

/** A titled region of a page. */
export function Card({ title, note, action, className, children, ...rest }: CardProps) {
  const id = useId()
  return (
    <section {...rest} aria-labelledby={title ? id : undefined} className={clsx('min-w-0 rounded-lg border border-line bg-surface-1', className)}>
      {title && (
        <header className="flex min-h-11 items-center gap-2 px-4 pt-2">
          <h2 id={id} className="text-13 font-semibold whitespace-nowrap">
            {title}
          </h2>
          {note && <span className="min-w-0 truncate text-13 text-text-3">{note}</span>}
          {action && <div className="ml-auto text-13 whitespace-nowrap">{action}</div>}
        </header>
      )}
      {children}
    </section>
  )
}
