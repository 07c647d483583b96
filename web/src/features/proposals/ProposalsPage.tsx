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
import { plural } from '@/lib/numbers'
import { useProposals } from '@/queries/proposals'
import { given } from '@/queries/pages'
import { StateMark, STATES, stateWord } from './proposalState'

const LIST: ListDefinition<AccessProposalSummary> = {
  id: 'proposals',
  label: 'Proposals',
  one: 'proposal',
  idOf: ({ id }) => id,
  nameLines: 2,
  name: {
    id: 'title',
    title: 'Title',
    text: ({ title }) => title,
    cell: ({ id, title }) => (
      <Link to="/access/proposals/$proposalId" params={{ proposalId: id }} className="font-semibold after:absolute after:inset-0 hover:underline">
        {title}
      </Link>
    ),
  },
  columns: [
    { id: 'state', title: 'State', width: 120, priority: 10, card: 'beside', text: ({ state }) => stateWord(state), cell: ({ state }) => <StateMark state={state} /> },
    { id: 'account', title: 'Account', width: 130, priority: 6, card: 'below', text: ({ accountName }) => accountName, cell: ({ accountName }) => <span className="truncate text-13 text-text-3">{accountName}</span> },
    { id: 'changes', title: 'Changes', width: 110, priority: 7, text: ({ changeCount }) => String(changeCount), cell: ({ changeCount }) => <span className="text-13 whitespace-nowrap text-text-3 tabular-nums">{plural(changeCount, 'change')}</span> },
    {
      id: 'comments',
      title: 'Comments',
      width: 100,
      priority: 4,
      text: ({ commentCount }) => String(commentCount),
      cell: ({ commentCount }) => (
        <span className="inline-flex items-center gap-1.5 text-13 text-text-3 tabular-nums">
          <MessageSquare aria-hidden className="size-3.5" />
          {commentCount}
          <span className="sr-only">{commentCount === 1 ? ' comment' : ' comments'}</span>
        </span>
      ),
    },
    { id: 'by', title: 'By', width: 140, priority: 8, text: ({ createdBy }) => createdBy.name, cell: ({ createdBy }) => <span className="truncate text-13 text-text-3">{createdBy.name}</span> },
    { id: 'made', title: 'Created', width: 110, priority: 5, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} className="text-13 text-text-3" /> },
    { id: 'updated', title: 'Updated', width: 110, priority: 9, card: 'end', text: ({ updatedAt }) => updatedAt, cell: ({ updatedAt }) => <Ago at={updatedAt} className="text-13 text-text-3" /> },
  ],
  filters: [{ id: 'state', title: 'State', several: true, options: STATES, word: (state) => stateWord(state as AccessProposalSummary['state']) }],
  searches: 'Title, who made it',
  longestSearch: 100,
}

function TryLink() {
  return useCan('proposals:write') ? (
    <Link to="/access/change" className={buttonClass('primary')}>
      <FlaskConical aria-hidden className="size-4" />
      Try a change
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
        <Empty icon={GitPullRequestArrow} title="No proposal yet" action={<TryLink />}>
          Try a change of who can reach what, and save it as a proposal: colleagues see what it would open and close, discuss it and approve it before anybody does it in NetBird.
        </Empty>
      }
    />
  )
}

export function ProposalsPage() {
  return useCan('netbird:read') ? <Proposals /> : <NotAllowed what="proposals" permission="netbird:read" />
}
