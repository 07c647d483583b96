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
import { grouped } from '@/lib/numbers'
import { given } from '@/queries/pages'
import { useReviews } from '@/queries/reviews'
import { STATUSES, StatusMark, statusWord } from './looks'
import { texts } from './texts'

const LIST: ListDefinition<AccessReviewSummary> = {
  id: 'access-reviews',
  label: texts.list.label,
  one: texts.list.one,
  idOf: ({ id }) => id,
  nameLines: 2,
  name: {
    id: 'name',
    title: texts.list.name,
    text: ({ name }) => name,
    cell: ({ id, name }) => (
      <Link to="/access/reviews/$reviewId" params={{ reviewId: id }} className="font-semibold after:absolute after:inset-0 hover:underline">
        {name}
      </Link>
    ),
  },
  columns: [
    { id: 'status', title: texts.list.status, width: 140, priority: 10, card: 'beside', text: ({ status }) => statusWord(status), cell: ({ status }) => <StatusMark status={status} /> },
    { id: 'signed', title: texts.list.signOff, width: 220, priority: 9, card: 'below', text: texts.signed, cell: (review) => <span className="truncate text-13 text-text-2 tabular-nums">{texts.signed(review)}</span> },
    { id: 'rows', title: texts.list.rows, width: 90, priority: 5, text: ({ rowCount }) => String(rowCount), cell: ({ rowCount }) => <span className="text-13 text-text-3 tabular-nums">{grouped(rowCount)}</span> },
    { id: 'account', title: texts.list.account, width: 130, priority: 6, card: 'below', text: ({ accountName }) => accountName, cell: ({ accountName }) => <span className="truncate text-13 text-text-3">{accountName}</span> },
    { id: 'by', title: texts.list.by, width: 140, priority: 7, text: ({ madeBy }) => madeBy.name, cell: ({ madeBy }) => <span className="truncate text-13 text-text-3" title={madeBy.name}>{madeBy.name}</span> },
    { id: 'created', title: texts.list.created, width: 110, priority: 8, card: 'end', text: ({ madeAt }) => madeAt, cell: ({ madeAt }) => <Ago at={madeAt} className="text-13 text-text-3" /> },
  ],
  more: [
    { title: texts.list.subjects, text: ({ subjectCount }) => texts.list.subjectCount({ count: subjectCount }) },
    { title: texts.list.sha256, text: ({ digest }) => digest },
  ],
  filters: [{ id: 'status', title: texts.list.status, several: true, options: STATUSES, word: statusWord }],
  searches: texts.list.searches,
  longestSearch: 100,
}

function NewLink() {
  return useCan('reviews:write') ? (
    <Link to="/access/reviews/new" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      {texts.list.new}
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
        <Empty icon={FileCheck} title={texts.list.empty} action={<NewLink />}>
          {texts.list.whyEmpty}
        </Empty>
      }
    />
  )
}

/** What was written down of who can reach what, to be signed. */
export function ReviewsPage() {
  return useCan('netbird:read') ? <Reviews /> : <NotAllowed what={texts.what} permission="netbird:read" />
}
