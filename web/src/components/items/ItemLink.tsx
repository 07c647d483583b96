import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { given } from '@/queries/pages'
import type { NamedRef } from '@/api/types'
import { nameOf } from '@/lib/refs'
import { ITEMS, type ItemKind } from './kinds'
import { texts } from './texts'

interface ItemLinkProps {
  kind: ItemKind
  id: string
  /** The account that it is in: ids are unique within one only. */
  of: string | undefined
  title?: string
  className?: string
  children: ReactNode
}

/** To the page of a single thing. */
export function ItemLink({ kind, id, of, children, ...rest }: ItemLinkProps) {
  const search = given({ of })
  if (kind === 'peer') {
    return (
      <Link to="/peers/$peerId" params={{ peerId: id }} search={search} {...rest}>
        {children}
      </Link>
    )
  }
  return (
    <Link to={ITEMS[kind].page} params={{ id }} search={search} {...rest}>
      {children}
    </Link>
  )
}

/** Of a row's name: the whole row leads there. */
export const ROW_LINK = 'font-semibold after:absolute after:inset-0 hover:underline'

const CHIP = 'inline-flex max-w-full items-center rounded-sm border border-line px-1.5 py-px text-12 touch:min-h-8'

interface RefsProps {
  kind: ItemKind
  refs: readonly NamedRef[]
  /** How many there are, where only the first are named. */
  count?: number
  of: string
}

/** Things by their names, each with the way to its page, but for those that are gone. */
export function Refs({ kind, refs, count = refs.length, of }: RefsProps) {
  const rest = count - refs.length
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-1">
      {refs.map((ref) =>
        ref.isGone ? (
          <span key={ref.id} className={clsx(CHIP, 'wrap-anywhere text-text-3')}>
            {nameOf(ref)}
          </span>
        ) : (
          <ItemLink key={ref.id} kind={kind} id={ref.id} of={of} className={clsx(CHIP, 'wrap-anywhere text-accent-text hover:border-line-strong hover:underline')}>
            {nameOf(ref)}
          </ItemLink>
        ),
      )}
      {rest > 0 && <span className="text-12 text-text-3">{texts.page.moreRefs({ count: rest })}</span>}
    </span>
  )
}
