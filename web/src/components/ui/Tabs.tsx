import { Link, type LinkProps } from '@tanstack/react-router'
import clsx from 'clsx'

interface TabsProps {
  label: string
  /** They take several lines where there is no room for one. */
  wraps?: boolean
  tabs: readonly {
    label: string
    isCurrent: boolean
    /** What it is in the page's address; undefined takes a parameter away. */
    change: Record<string, string | readonly string[] | undefined>
  }[]
}

/** A few views of a page, each with an address of its own. */
export function Tabs({ label, wraps = false, tabs }: TabsProps) {
  return (
    <nav aria-label={label} className={clsx('flex rounded-md border border-line bg-surface-1 p-0.5', wraps && 'flex-wrap')}>
      {tabs.map(({ label: words, isCurrent, change }) => (
        <Link
          key={words}
          to="."
          search={((before: object) => ({ ...before, ...change })) as NonNullable<LinkProps['search']>}
          aria-current={isCurrent ? 'page' : undefined}
          activeProps={{}}
          className={clsx('flex h-6.5 items-center rounded-sm px-2.5 text-13 touch:h-10', isCurrent ? 'bg-surface-3 font-medium' : 'text-text-2 hover:text-text-1')}
        >
          {words}
        </Link>
      ))}
    </nav>
  )
}
