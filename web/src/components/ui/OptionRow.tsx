import clsx from 'clsx'
import { useEffect, useRef, type ReactNode } from 'react'

interface OptionRowProps {
  id: string
  isActive: boolean
  onChoose: () => void
  className: string
  children: ReactNode
}

/** A row of a list that a field opens: the field keeps the focus and its keys, so that several can be chosen. */
export function OptionRow({ id, isActive, onChoose, className, children }: OptionRowProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isActive])
  return (
    // The keys are those of the field, which has the focus.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={clsx('flex cursor-pointer items-center rounded-sm px-2 text-13 touch:min-h-11', isActive && 'bg-accent-soft', className)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {children}
    </div>
  )
}
