import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiProblem } from '@/api/problem'
import type { UsedBy as Uses } from '@/api/types'
import { useFailure } from '@/queries/failure'
import { NoSuch } from '../NoSuch'
import { usePageName } from '../pageName'
import { Bone, SkeletonRows } from '../Skeleton'
import { Loaded } from '../states'
import { Card } from '../ui/Card'
import { CopyButton } from '../ui/CopyButton'
import { AccountAge, BeingRead } from '../WholeNetwork'
import { Fact } from '../Fact'
import { ItemChanges } from './ItemChanges'
import { changesOf, ITEMS, type ItemKind } from './kinds'
import { texts } from './texts'
import { UsedBy } from './UsedBy'

interface Owned {
  id: string
  accountId: string
  accountName: string
  asOf?: string | null
}

interface ItemHeaderProps {
  item: Owned
  name: string
  /** How it is, above its name. */
  lead?: ReactNode
  actions?: ReactNode
}

/** What a page is about, whose it is, how old that is, and what to ask about it. */
export function ItemHeader({ item, name, lead, actions }: ItemHeaderProps) {
  return (
    <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
      <div className="min-w-0">
        {lead && <div className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-14">{lead}</div>}
        <h2 className="text-20 font-semibold wrap-anywhere">{name}</h2>
        <p className="mt-0.5 text-14 text-text-3">
          {item.accountName}
          {item.asOf ? <AccountAge shown={item} lead=" · " className="text-14" /> : texts.page.neverRead}
        </p>
      </div>
      {actions}
    </div>
  )
}

/** All that tells the page of one thing from that of another. */
export interface ItemParts {
  name: string
  lead?: ReactNode
  actions?: ReactNode
  /** What it says, in words. */
  said?: ReactNode
  /** Lines of the list of details. */
  facts: ReactNode
  /** Cards of its own, before those that say what uses it. */
  cards?: ReactNode
}

interface ItemPageProps<T> {
  kind: Exclude<ItemKind, 'peer'>
  query: UseQueryResult<T>
  /** Given so that the page can be shown. */
  parts: (item: T) => ItemParts
}

function Skeleton() {
  return (
    <>
      <Bone className="h-6 w-64 max-w-full" />
      <Bone className="mt-2 h-4 w-40" />
      <div className="mt-5 flex flex-col gap-4 lg:flex-row lg:items-start">
        <div className="rounded-lg border border-line bg-surface-1 lg:flex-[1.6]">
          <SkeletonRows rows={6} className="h-11" />
        </div>
        <div className="rounded-lg border border-line bg-surface-1 lg:flex-1">
          <SkeletonRows rows={4} className="h-11" />
        </div>
      </div>
    </>
  )
}

const COLUMNS = 'flex min-w-0 flex-col gap-4 empty:hidden'

/** What a thing says beside its details, and below it what uses it and what changed about it; on a phone one below the other. */
export function ItemColumns({ said, details, children }: { said?: ReactNode; details: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr] lg:items-start">
      {said && <div className={COLUMNS}>{said}</div>}
      <div className={`${COLUMNS} lg:col-start-2 lg:row-span-2 lg:row-start-1`}>{details}</div>
      <div className={`${COLUMNS} lg:col-start-1`}>{children}</div>
    </div>
  )
}

const hasUses = <T extends object>(item: T): item is T & Uses => 'usedBy' in item

/** The page of one thing of a network. */
export function ItemPage<T extends Owned>({ kind, query, parts }: ItemPageProps<T>) {
  const { one, many, list } = ITEMS[kind]
  const shown = query.data && parts(query.data)
  usePageName(shown?.name)
  const error = useFailure(query)
  if (!query.data && error instanceof ApiProblem && error.status === 503) {
    return (
      <BeingRead retrying={query.isFetching} onRetry={() => void query.refetch()}>
        {texts.page.beingRead}
      </BeingRead>
    )
  }
  return (
    <Loaded
      query={query}
      what={texts.page.the({ one })}
      skeleton={<Skeleton />}
      gone={
        <NoSuch what={one} many={many} to={list}>
          {texts.page.gone}
        </NoSuch>
      }
    >
      {(item) => {
        const { name, lead, actions, said, facts, cards } = shown ?? parts(item)
        const changed = changesOf(kind)
        return (
          <>
            <ItemHeader item={item} name={name} lead={lead} actions={actions} />
            <ItemColumns
              said={said}
              details={
                <Card title={texts.page.details}>
                  <dl className="flex flex-col gap-2 px-4 pt-1">
                    {facts}
                    <Fact label={texts.page.account}>{item.accountName}</Fact>
                    <Fact label={texts.page.netbirdsId} mono>
                      {item.id}
                    </Fact>
                  </dl>
                  <div className="px-4 pt-3 pb-4">
                    <CopyButton text={JSON.stringify(item, null, 2)} what={texts.page.asJson({ one })} />
                  </div>
                </Card>
              }
            >
              {cards}
              {hasUses(item) && <UsedBy thing={kind} of={item.accountId} uses={item} />}
              {changed && <ItemChanges resource={changed} id={item.id} of={item.accountId} />}
            </ItemColumns>
          </>
        )
      }}
    </Loaded>
  )
}
