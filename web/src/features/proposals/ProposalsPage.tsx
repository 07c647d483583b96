import { Link } from '@tanstack/react-router'
import { FlaskConical, GitPullRequestArrow, MessageSquare } from 'lucide-react'
import type { AccessProposalSummary } from '@/api/types'
import { useCan } from '@/api/client'
import { useAccountFilter } from '@/components/accountFilter'
import { useListAddress } from '@/components/list/address'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { Empty, NotAllowed } from '@/components/states'
import { Ago } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { byCount } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { useProposals } from '@/queries/proposals'
import { given } from '@/queries/pages'
import { StateMark, STATES, stateWord } from './proposalState'
import { texts } from './texts'

const LIST: ListDefinition<AccessProposalSummary> = {
  id: 'proposals',
  label: texts.list.label,
  one: texts.list.one,
  idOf: ({ id }) => id,
  nameLines: 2,
  name: {
    id: 'title',
    title: texts.list.title,
    text: ({ title }) => title,
    cell: ({ id, title }) => (
      <Link to="/access/proposals/$proposalId" params={{ proposalId: id }} className="font-semibold after:absolute after:inset-0 hover:underline">
        {title}
      </Link>
    ),
  },
  columns: [
    { id: 'state', title: texts.list.state, width: 120, priority: 10, card: 'beside', text: ({ state }) => stateWord(state), cell: ({ state }) => <StateMark state={state} /> },
    { id: 'account', title: texts.list.account, width: 130, priority: 6, card: 'below', text: ({ accountName }) => accountName, cell: ({ accountName }) => <span className="truncate text-13 text-text-3">{accountName}</span> },
    { id: 'changes', title: texts.list.changes, width: 110, priority: 7, text: ({ changeCount }) => String(changeCount), cell: ({ changeCount }) => <span className="text-13 whitespace-nowrap text-text-3 tabular-nums">{texts.list.changeCount({ count: changeCount })}</span> },
    {
      id: 'comments',
      title: texts.list.comments,
      width: 100,
      priority: 4,
      text: ({ commentCount }) => String(commentCount),
      cell: ({ commentCount }) => (
        <span className="inline-flex items-center gap-1.5 text-13 text-text-3 tabular-nums">
          <MessageSquare aria-hidden className="size-3.5" />
          {phrase(byCount(commentCount, { one: texts.list.commentHidden, other: texts.list.commentsHidden }), { count: commentCount, hidden: (words) => <span className="sr-only">{words}</span> })}
        </span>
      ),
    },
    { id: 'by', title: texts.list.by, width: 140, priority: 8, text: ({ createdBy }) => createdBy.name, cell: ({ createdBy }) => <span className="truncate text-13 text-text-3">{createdBy.name}</span> },
    { id: 'made', title: texts.list.created, width: 110, priority: 5, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} className="text-13 text-text-3" /> },
    { id: 'updated', title: texts.list.updated, width: 110, priority: 9, card: 'end', text: ({ updatedAt }) => updatedAt, cell: ({ updatedAt }) => <Ago at={updatedAt} className="text-13 text-text-3" /> },
  ],
  filters: [{ id: 'state', title: texts.list.state, several: true, options: STATES, word: (state) => stateWord(state as AccessProposalSummary['state']) }],
  searches: texts.list.searches,
  longestSearch: 100,
}

function TryLink() {
  return useCan('proposals:write') ? (
    <Link to="/access/change" className={buttonClass('primary')}>
      <FlaskConical aria-hidden className="size-4" />
      {texts.list.try}
    </Link>
  ) : null
}

function Proposals() {
  const { search, filters } = useListAddress(LIST)
  const list = useProposals(given({ accountId: useAccountFilter(), search, state: filters.state?.join(',') }))
  return (
    <List
      definition={LIST}
      list={list}
      action={<TryLink />}
      empty={
        <Empty icon={GitPullRequestArrow} title={texts.list.empty} action={<TryLink />}>
          {texts.list.whyEmpty}
        </Empty>
      }
    />
  )
}

export function ProposalsPage() {
  return useCan('netbird:read') ? <Proposals /> : <NotAllowed what={texts.what} permission="netbird:read" />
}
