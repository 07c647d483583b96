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
import { phrase } from '@/lib/phrase'
import { given } from '@/queries/pages'
import { rowKey, useReviewRows } from '@/queries/reviews'
import { texts } from './texts'
import { lastChanged, ruleWords, servicesWords } from './words'


/** Of the rule that was changed last: "3 d ago by Ada", or that none was since changes are watched. */
function LastChanged({ row: { rules } }: { row: AccessReviewRow }) {
  if (rules.length === 0) return null
  const last = lastChanged(rules)
  return last?.lastChangedAt ? (
    <span className="text-13 text-text-2">{phrase(texts.row.changed, { ago: <Ago at={last.lastChangedAt} />, by: last.lastChangedBy ?? texts.row.somebody })}</span>
  ) : (
    <span className="text-13 text-text-3">{texts.row.notSince}</span>
  )
}

const CERTAIN: readonly Option[] = [
  { value: 'true', label: texts.rows.sure, icon: CircleCheck },
  { value: 'false', label: texts.rows.perhaps, icon: CircleQuestionMark },
]

/** A phone has no columns: what lets a peer in stands below its name. */
function definitionOf({ accountId, subjects }: AccessReview, rows: readonly AccessReviewRow[], isPhone: boolean): ListDefinition<AccessReviewRow> {
  const policies = new Map(rows.flatMap(({ rules }) => rules.map(({ policyId, policyName }) => [policyId, policyName || policyId] as const)))
  const subjectOptions = subjects.map(({ id, name }) => ({ value: id, label: name }))
  return {
    id: 'access-review-rows',
    label: texts.rows.label,
    one: texts.rows.one,
    idOf: rowKey,
    savedElsewhere: true,
    name: {
      id: 'peer',
      title: texts.rows.peer,
      text: ({ peerName, peerId }) => peerName || peerId,
      letters: 24,
      cell: ({ peerId, peerName }) => (
        <ItemLink kind="peer" id={peerId} of={accountId} className={ROW_LINK}>
          {peerName || peerId}
        </ItemLink>
      ),
      ...(isPhone && {
        below: (row) => (row.rules.length === 0 ? texts.row.byNoRule : phrase(texts.row.byRules, { rules: row.rules.map(ruleWords).join('; '), changed: <LastChanged row={row} /> })),
      }),
    },
    columns: [
      { id: 'subject', title: texts.rows.reaches, width: 140, priority: 10, card: 'below', text: ({ subjectName }) => subjectName, cell: ({ subjectName }) => <span className="truncate" title={subjectName}>{subjectName}</span> },
      { id: 'on', title: texts.rows.on, width: 170, priority: 9, card: 'below', text: servicesWords, cell: (row) => <span className="truncate" title={servicesWords(row)}>{servicesWords(row)}</span> },
      {
        id: 'certain',
        title: texts.rows.known,
        width: 110,
        priority: 8,
        card: 'beside',
        text: ({ isCertain }) => (isCertain ? texts.row.sure : texts.row.perhaps),
        cell: ({ isCertain, unknown }) => (
          <span title={unknown ?? undefined}>
            <Mark tone={isCertain ? 'muted' : 'warn'} icon={isCertain ? CircleCheck : CircleQuestionMark}>
              {isCertain ? texts.row.sure : texts.row.perhaps}
            </Mark>
          </span>
        ),
      },
      {
        id: 'rule',
        title: texts.rows.rule,
        width: 230,
        priority: 7,
        text: ({ rules }) => rules.map(ruleWords).join('; '),
        cell: ({ rules }) => (
          <span title={rules.map((rule) => (rule.groups.length > 0 ? texts.row.ruleFrom({ rule: ruleWords(rule), groups: rule.groups }) : ruleWords(rule))).join('\n')} className="relative z-10">
            {rules.length === 0 && <span className="text-text-3">{texts.row.noRule}</span>}
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
      { id: 'changed', title: texts.rows.changed, width: 190, priority: 6, text: ({ rules }) => lastChanged(rules)?.lastChangedAt ?? '', cell: (row) => <LastChanged row={row} /> },
      { id: 'targets', title: texts.rows.targets, width: 130, priority: 5, text: texts.row.targets, cell: (row) => <span className="text-13 text-text-3 tabular-nums">{texts.row.targets(row)}</span> },
    ],
    filters: [
      { id: 'subject', title: texts.rows.reaches, options: subjectOptions, word: (id) => subjectOptions.find(({ value }) => value === id)?.label ?? id },
      { id: 'certain', title: texts.rows.known, options: CERTAIN, word: (value) => CERTAIN.find((one) => one.value === value)?.label ?? value },
      { id: 'policy', title: texts.rows.policy, options: [...policies].map(([value, label]) => ({ value, label })), word: (id) => policies.get(id) ?? id },
    ],
    searches: texts.rows.peer,
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
        <Empty icon={UserX} title={texts.rows.none}>
          {texts.rows.whyNone}
        </Empty>
      }
    />
  )
}
