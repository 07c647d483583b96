import { Link } from '@tanstack/react-router'
import { FileCheck, Plus } from 'lucide-react'
import { useCan } from '@/api/client'
import type { AccessReviewSummary } from '@/api/types'
import { useAccountFilter } from '@/components/accountFilter'
import { useListAddress } from '@/components/list/address'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { Empty, NotAllowed } from '@/components/states'
import { Ago } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { grouped, plural } from '@/lib/numbers'
import { given } from '@/queries/pages'
import { useReviews } from '@/queries/reviews'
import { STATUSES, StatusMark, statusWord } from './looks'
import { signedWords } from './words'

const LIST: ListDefinition<AccessReviewSummary> = {
  id: 'access-reviews',
  label: 'Access reviews',
  one: 'access review',
  idOf: ({ id }) => id,
  nameLines: 2,
  name: {
    id: 'name',
    title: 'Name',
    text: ({ name }) => name,
    cell: ({ id, name }) => (
      <Link to="/access/reviews/$reviewId" params={{ reviewId: id }} className="font-semibold after:absolute after:inset-0 hover:underline">
        {name}
      </Link>
    ),
  },
  columns: [
    { id: 'status', title: 'Status', width: 140, priority: 10, card: 'beside', text: ({ status }) => statusWord(status), cell: ({ status }) => <StatusMark status={status} /> },
    { id: 'signed', title: 'Sign-off', width: 220, priority: 9, card: 'below', text: signedWords, cell: (review) => <span className="truncate text-13 text-text-2 tabular-nums">{signedWords(review)}</span> },
    { id: 'rows', title: 'Rows', width: 90, priority: 5, text: ({ rowCount }) => String(rowCount), cell: ({ rowCount }) => <span className="text-13 text-text-3 tabular-nums">{grouped(rowCount)}</span> },
    { id: 'account', title: 'Account', width: 130, priority: 6, card: 'below', text: ({ accountName }) => accountName, cell: ({ accountName }) => <span className="truncate text-13 text-text-3">{accountName}</span> },
    { id: 'by', title: 'By', width: 140, priority: 7, text: ({ madeBy }) => madeBy.name, cell: ({ madeBy }) => <span className="truncate text-13 text-text-3" title={madeBy.name}>{madeBy.name}</span> },
    { id: 'created', title: 'Created', width: 110, priority: 8, card: 'end', text: ({ madeAt }) => madeAt, cell: ({ madeAt }) => <Ago at={madeAt} className="text-13 text-text-3" /> },
  ],
  more: [
    { title: 'Subjects', text: ({ subjectCount }) => plural(subjectCount, 'subject') },
    { title: 'SHA-256', text: ({ digest }) => digest },
  ],
  filters: [{ id: 'status', title: 'Status', several: true, options: STATUSES, word: statusWord }],
  searches: 'Name, who made it',
  longestSearch: 100,
}

function NewLink() {
  return useCan('reviews:write') ? (
    <Link to="/access/reviews/new" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      New review
    </Link>
  ) : null
}

function Reviews() {
  const { search, filters } = useListAddress(LIST)
  const list = useReviews(given({ accountId: useAccountFilter(), search, status: filters.status?.join(',') }))
  return (
    <List
      definition={LIST}
      list={list}
      action={<NewLink />}
      empty={
        <Empty icon={FileCheck} title="No access review yet" action={<NewLink />}>
          A review writes down who can reach sensitive groups and resources, by which rule, and when that was last changed and by whom: to be looked at, signed, and kept as evidence.
        </Empty>
      }
    />
  )
}

/** What was written down of who can reach what, to be signed. */
export function ReviewsPage() {
  return useCan('netbird:read') ? <Reviews /> : <NotAllowed what="access reviews" permission="netbird:read" />
}
