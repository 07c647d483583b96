import type { UseQueryResult } from '@tanstack/react-query'
import { SearchCheck, TriangleAlert } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { ApiProblem, hasSlug } from '@/api/problem'
import type { AccessFinding, AccessFindings } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter } from '@/components/accountFilter'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Empty } from '@/components/states'
import { AccountAge, AccountChoice, BeingRead, TooLarge } from '@/components/WholeNetwork'
import { useFindings } from '@/queries/findings'
import { findingList } from './findingList'
import { omittedWords, severityCounts, unreadWords } from './summary'
import { texts } from './texts'

const Framed = ({ children }: { children: ReactNode }) => <div className="rounded-lg border border-line bg-surface-1">{children}</div>

/** Of which account, how much of what severity, and how old that is. */
function Summary({ found, isComing }: { found: AccessFindings | undefined; isComing: boolean }) {
  return (
    <div className="mb-3 flex min-h-11 items-center gap-3 empty:hidden sm:min-h-8">
      {isComing ? <Bone className="h-4 w-64" /> : <AccountChoice shown={found} />}
      {found && (
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 max-sm:flex-col">
          {found.findings.length > 0 && <p className="text-14 font-semibold">{severityCounts(found.findings)}</p>}
          <AccountAge shown={found} />
        </div>
      )}
    </div>
  )
}

/** What is not among the findings, though it may be there. */
function Missing({ found }: { found: AccessFindings }) {
  const notes = [unreadWords(found.unread), omittedWords(found)].filter((note) => note !== undefined)
  if (notes.length === 0) return null
  return (
    <div role="status" className="mb-4 flex items-start gap-2 rounded-lg border border-line bg-warn-soft px-4 py-2 text-13 text-warn-text">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  )
}

function NothingStandsOut({ unread }: Pick<AccessFindings, 'unread'>) {
  return (
    <Empty icon={SearchCheck} title={unread.length === 0 ? texts.page.none : texts.page.noneInRead}>
      {texts.page.lookedFor}
    </Empty>
  )
}

/** What stands out in how one account's network is configured, and what to do about it. */
export function FindingsPage() {
  const query = useFindings(useAccountFilter())
  const { data: found, error } = query
  const shownId = found?.accountId
  const definition = useMemo(() => findingList(shownId), [shownId])
  const list = useWholeList({ ...query, data: found?.findings } as UseQueryResult<readonly AccessFinding[]>, definition)
  if (hasSlug(error, 'not-found')) {
    return (
      <Framed>
        <NothingSynced icon={SearchCheck} title={texts.page.notYet}>
          {texts.page.afterSync}
        </NothingSynced>
      </Framed>
    )
  }
  const isBeingRead = !found && error instanceof ApiProblem && error.status === 503
  const noList = hasSlug(error, 'conflict') ? (
    <TooLarge>{texts.page.tooLarge}</TooLarge>
  ) : isBeingRead ? (
    <BeingRead retrying={query.isFetching} onRetry={() => void query.refetch()}>
      {texts.page.beingRead}
    </BeingRead>
  ) : undefined
  return (
    <>
      <AccountBanners />
      <Summary found={noList ? undefined : found} isComing={!found && !error} />
      {noList ? (
        <Framed>{noList}</Framed>
      ) : (
        <>
          {found && <Missing found={found} />}
          <List definition={definition} list={list} empty={<NothingStandsOut unread={found?.unread ?? []} />} />
        </>
      )}
    </>
  )
}
