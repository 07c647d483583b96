import { ClipboardCheck } from 'lucide-react'
import { Fragment } from 'react'
import type { PostureCheck } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { nameOf, namesOf } from '@/lib/refs'
import { idInAccount, usePostureChecks } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { checksInWords } from './checks'
import { useNetworkList } from './networkList'
import { texts } from './texts'

/** Who asks for it, as far as the API names them, and how many more. */
const askedBy = ({ policies, policiesCount }: PostureCheck): string => namesOf(policies, policiesCount)

/** All of a check, as the small room of a row has only its sentence. */
const whole = (check: PostureCheck): string =>
  [
    ...(check.description === '' ? [] : [check.description]),
    ...checksInWords(check.checks),
    ...(check.policiesCount === 0 ? [texts.checks.nobodyAsks] : [texts.checks.askedByLine({ policies: askedBy(check) })]),
  ].join('\n')

/** In the room of one line; the page of the check has all of them. */
function AskedBy({ check }: { check: PostureCheck }) {
  const { policies, policiesCount, accountId } = check
  const rest = policiesCount - policies.length
  const named = policies.map((policy, index) => (
    <Fragment key={policy.id}>
      {index > 0 && ', '}
      {policy.isGone ? (
        nameOf(policy)
      ) : (
        <ItemLink kind="policy" id={policy.id} of={accountId} className="relative z-10 text-accent-text hover:underline">
          {nameOf(policy)}
        </ItemLink>
      )}
    </Fragment>
  ))
  return <span title={askedBy(check)}>{rest > 0 ? phrase(texts.checks.andMore, { policies: named, count: grouped(rest) }) : named}</span>
}

const definitionFor = (severalAccounts: boolean): ListDefinition<PostureCheck> => ({
  id: 'posture-checks',
  label: texts.checks.label,
  one: texts.checks.one,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.checks.check,
    sort: 'name',
    text: ({ name }) => name,
    fewest: 40,
    cell: (check) => (
      <ItemLink kind="posture-check" id={check.id} of={check.accountId} className={ROW_LINK} title={whole(check)}>
        {check.name}
      </ItemLink>
    ),
    below: (check) => <span title={whole(check)}>{check.sentence}</span>,
  },
  columns: [
    {
      id: 'count',
      title: texts.checks.policies,
      width: 100,
      priority: 10,
      sort: 'policiesCount',
      newestFirst: true,
      card: 'beside',
      text: ({ policiesCount }) => String(policiesCount),
      cell: ({ policiesCount }) =>
        policiesCount === 0 ? <span className="text-text-3">{texts.checks.notUsed}</span> : <span className="tabular-nums">{texts.checks.policyCount({ count: policiesCount })}</span>,
    },
    { id: 'policies', title: texts.checks.askedBy, width: 200, priority: 6, text: askedBy, cell: (check) => <AskedBy check={check} /> },
    ...accountColumn<PostureCheck>(severalAccounts),
  ],
  more: [
    { title: texts.description, text: ({ description }) => description },
    { title: texts.checks.asksFor, text: ({ checks }) => texts.checks.allOf(checksInWords(checks)) },
  ],
  searches: texts.descriptionSearch,
  sort: 'name',
})

/** What policies of the connected networks ask of peers before they let them through. */
export function PostureChecksPage() {
  const { definition, accountId, search, sort } = useNetworkList(definitionFor)
  const list = usePostureChecks(given({ search, sort, accountId }))
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={ClipboardCheck} title={texts.checks.empty}>
            {texts.checks.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
