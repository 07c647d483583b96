import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { Fragment, useState, type ReactNode } from 'react'
import { announce } from '../announcements'
import { ConfirmDialog } from '../ConfirmDialog'
import { NoSuch } from '../NoSuch'
import { usePageName } from '../pageName'
import { PageSkeleton, SkeletonRows } from '../Skeleton'
import { Loaded } from '../states'
import { Button } from '../ui/Button'
import { SET_UP, type SetUpKind } from './kinds'
import { texts } from './texts'

interface Named {
  id: string
  name: string
}

interface OnePageProps<T> {
  kind: SetUpKind
  query: UseQueryResult<T>
  /** Rows of its skeleton. */
  rows: number
  /** Why it may not be there. */
  gone?: string
  children: (one: T) => ReactNode
}

/** The page of one of them, in each state. */
export function OnePage<T extends Named>({ kind, query, rows, gone = texts.page.gone, children }: OnePageProps<T>) {
  usePageName(query.data?.name)
  return (
    <Loaded
      query={query}
      what={texts.page.what({ kind })}
      skeleton={<PageSkeleton rows={rows} />}
      gone={
        <NoSuch what={kind} to={SET_UP[kind].list}>
          {gone}
        </NoSuch>
      }
    >
      {children}
    </Loaded>
  )
}

interface OneHeaderProps {
  name: string
  /** Above the name: how it stands. */
  lead?: ReactNode
  /** Below the name. */
  children?: ReactNode
  actions: ReactNode
}

/** Its name, and what can be done with it. */
export function OneHeader({ name, lead, children, actions }: OneHeaderProps) {
  return (
    <div className="mb-4 flex flex-wrap items-start gap-4">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        {lead && <div className="mb-2 empty:hidden">{lead}</div>}
        <h2 className="text-20 font-semibold break-words">{name}</h2>
        {children}
      </div>
      {actions}
    </div>
  )
}

/** A fact of its page: on a phone the label stands above. */
export function PageFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-2 text-14 sm:grid-cols-[8rem_1fr]">
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

interface DeleteButtonProps {
  kind: SetUpKind
  one: Named
  /** What goes with it. */
  description: ReactNode
  mutation: Pick<UseMutationResult<unknown, Error, string>, 'mutate' | 'error' | 'isPending'>
}

/** Asks, deletes it, and leads to the list. */
export function DeleteButton({ kind, one: { id, name }, description, mutation }: DeleteButtonProps) {
  const navigate = useNavigate()
  const [asks, setAsks] = useState(false)
  const { capital, list } = SET_UP[kind]
  return (
    <>
      <Button icon={Trash2} onClick={() => setAsks(true)}>
        {texts.delete.button}
      </Button>
      {asks && (
        <ConfirmDialog
          title={texts.delete.title({ name })}
          description={description}
          action={texts.delete.action({ name })}
          keep={texts.delete.keep}
          failed={texts.delete.failed({ kind })}
          mutation={mutation}
          request={id}
          onDone={() => {
            announce(texts.delete.deleted({ capital, name }))
            void navigate({ to: list })
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  )
}

interface AsOpenedProps<T> {
  kind: SetUpKind
  id: string
  query: UseQueryResult<T>
  children: (opened: T) => ReactNode
}

/** A form that changes one, as that was when the form was opened: what somebody else saves meanwhile must not take what is typed. It is refused when this is saved. */
export function AsOpened<T extends Named>({ kind, id, query, children }: AsOpenedProps<T>) {
  const [opened, setOpened] = useState<T>()
  const skeleton = <SkeletonRows rows={6} className="h-13" />
  usePageName(opened?.id === id ? texts.page.edit({ name: opened.name }) : undefined)
  if (opened?.id !== id && query.data?.id === id && !query.isFetching) setOpened(query.data)
  if (opened?.id === id) return <Fragment key={id}>{children(opened)}</Fragment>
  return (
    <Loaded query={query} what={texts.page.what({ kind })} skeleton={skeleton}>
      {() => skeleton}
    </Loaded>
  )
}
