import { CircleCheck, CircleQuestionMark, UserX } from 'lucide-react'
import { useMemo } from 'react'
import type { AccessReview, AccessReviewRow } from '@/api/types'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import { eitherOf, useListAddress } from '@/components/list/address'
import type { ListDefinition, Option } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { Empty } from '@/components/states'
import { Ago } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { usePhone } from '@/lib/mediaQuery'
import { grouped } from '@/lib/numbers'
import { given } from '@/queries/pages'
import { rowKey, useReviewRows } from '@/queries/reviews'
import { lastChanged, ruleWords, servicesWords } from './words'

const reaches = ({ reached, perhaps, targets }: AccessReviewRow): string => `${grouped(reached)} of ${grouped(targets)}${perhaps > 0 ? `, perhaps ${grouped(perhaps)}` : ''}`

/** Of the rule that was changed last: "3 d ago by Ada", or that none was since changes are watched. */
function LastChanged({ row: { rules } }: { row: AccessReviewRow }) {
  if (rules.length === 0) return null
  const last = lastChanged(rules)
  return last?.lastChangedAt ? (
    <span className="text-13 text-text-2">
      <Ago at={last.lastChangedAt} /> by {last.lastChangedBy ?? 'somebody not known'}
    </span>
  ) : (
    <span className="text-13 text-text-3">not since watched</span>
  )
}

const CERTAIN: readonly Option[] = [
  { value: 'true', label: 'For sure', icon: CircleCheck },
  { value: 'false', label: 'Perhaps', icon: CircleQuestionMark },
]

/** A phone has no columns: what lets a peer in stands below its name. */
function definitionOf({ accountId, subjects }: AccessReview, rows: readonly AccessReviewRow[], isPhone: boolean): ListDefinition<AccessReviewRow> {
  const policies = new Map(rows.flatMap(({ rules }) => rules.map(({ policyId, policyName }) => [policyId, policyName || policyId] as const)))
  const subjectOptions = subjects.map(({ id, name }) => ({ value: id, label: name }))
  return {
    id: 'access-review-rows',
    label: 'Who reaches what',
    one: 'row',
    idOf: rowKey,
    savedElsewhere: true,
    name: {
      id: 'peer',
      title: 'Peer',
      text: ({ peerName, peerId }) => peerName || peerId,
      letters: 24,
      cell: ({ peerId, peerName }) => (
        <ItemLink kind="peer" id={peerId} of={accountId} className={ROW_LINK}>
          {peerName || peerId}
        </ItemLink>
      ),
      ...(isPhone && {
        below: (row) => (
          <>
            {row.rules.length === 0 ? 'By no rule of a policy' : `By ${row.rules.map(ruleWords).join('; ')}, `}
            <LastChanged row={row} />
          </>
        ),
      }),
    },
    columns: [
      { id: 'subject', title: 'Reaches', width: 140, priority: 10, card: 'below', text: ({ subjectName }) => subjectName, cell: ({ subjectName }) => <span className="truncate" title={subjectName}>{subjectName}</span> },
      { id: 'on', title: 'On', width: 170, priority: 9, card: 'below', text: servicesWords, cell: (row) => <span className="truncate" title={servicesWords(row)}>{servicesWords(row)}</span> },
      {
        id: 'certain',
        title: 'Known',
        width: 110,
        priority: 8,
        card: 'beside',
        text: ({ isCertain }) => (isCertain ? 'for sure' : 'perhaps'),
        cell: ({ isCertain, unknown }) => (
          <span title={unknown ?? undefined}>
            <Mark tone={isCertain ? 'muted' : 'warn'} icon={isCertain ? CircleCheck : CircleQuestionMark}>
              {isCertain ? 'for sure' : 'perhaps'}
            </Mark>
          </span>
        ),
      },
      {
        id: 'rule',
        title: 'By rule',
        width: 230,
        priority: 7,
        text: ({ rules }) => rules.map(ruleWords).join('; '),
        cell: ({ rules }) => (
          <span title={rules.map((rule) => [ruleWords(rule), rule.groups.length > 0 && `from ${rule.groups.join(', ')}`].filter(Boolean).join(' ')).join('\n')} className="relative z-10">
            {rules.length === 0 && <span className="text-text-3">no rule of a policy</span>}
            {rules.map((rule, index) => (
              <span key={`${rule.policyId} ${rule.rule}`}>
                {index > 0 && '; '}
                <ItemLink kind="policy" id={rule.policyId} of={accountId} className="text-accent-text hover:underline">
                  {ruleWords(rule)}
                </ItemLink>
              </span>
            ))}
          </span>
        ),
      },
      { id: 'changed', title: 'Rule last changed', width: 190, priority: 6, text: ({ rules }) => lastChanged(rules)?.lastChangedAt ?? '', cell: (row) => <LastChanged row={row} /> },
      { id: 'targets', title: 'Of its peers', width: 130, priority: 5, text: reaches, cell: (row) => <span className="text-13 text-text-3 tabular-nums">{reaches(row)}</span> },
    ],
    filters: [
      { id: 'subject', title: 'Reaches', options: subjectOptions, word: (id) => subjectOptions.find(({ value }) => value === id)?.label ?? id },
      { id: 'certain', title: 'Known', options: CERTAIN, word: (value) => CERTAIN.find((one) => one.value === value)?.label ?? value },
      { id: 'policy', title: 'Policy', options: [...policies].map(([value, label]) => ({ value, label })), word: (id) => policies.get(id) ?? id },
    ],
    searches: 'Peer',
    longestSearch: 100,
  }
}

const ADDRESS = { filters: [{ id: 'subject' }, { id: 'certain' }, { id: 'policy' }] }

/** Who reaches what, as it was written down. */
export function Rows({ review }: { review: AccessReview }) {
  const isPhone = usePhone()
  const { search, filters } = useListAddress(ADDRESS)
  const list = useReviewRows(review.id, given({ search, subjectId: filters.subject?.[0], isCertain: eitherOf(filters.certain), policyId: filters.policy?.[0] }))
  const definition = useMemo(() => definitionOf(review, list.items ?? [], isPhone), [review, list.items, isPhone])
  return (
    <List
      definition={definition}
      list={list}
      empty={
        <Empty icon={UserX} title="Nobody reaches any of it">
          No peer reached one of these groups and resources when this was written down, as far as was known.
        </Empty>
      }
    />
  )
}
