import { ClipboardCheck } from 'lucide-react'
import { Fragment } from 'react'
import type { PostureCheck } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { grouped, plural } from '@/lib/numbers'
import { nameOf, namesOf } from '@/lib/refs'
import { idInAccount, usePostureChecks } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { checksInWords } from './checks'
import { useNetworkList } from './networkList'

/** Who asks for it, as far as the API names them, and how many more. */
const askedBy = ({ policies, policiesCount }: PostureCheck): string => namesOf(policies, policiesCount)

/** All of a check, as the small room of a row has only its sentence. */
const whole = (check: PostureCheck): string =>
  [
    ...(check.description === '' ? [] : [check.description]),
    ...checksInWords(check.checks),
    ...(check.policiesCount === 0 ? ['No policy asks for it'] : [`Asked for by: ${askedBy(check)}`]),
  ].join('\n')

/** In the room of one line; the page of the check has all of them. */
function AskedBy({ check }: { check: PostureCheck }) {
  const { policies, policiesCount, accountId } = check
  const rest = policiesCount - policies.length
  return (
    <span title={askedBy(check)}>
      {policies.map((policy, index) => (
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
      ))}
      {rest > 0 && ` and ${grouped(rest)} more`}
    </span>
  )
}

const definitionFor = (severalAccounts: boolean): ListDefinition<PostureCheck> => ({
  id: 'posture-checks',
  label: 'Posture checks',
  one: 'posture check',
  idOf: idInAccount,
  name: {
    id: 'name',
    title: 'Posture check',
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
      title: 'Policies',
      width: 100,
      priority: 10,
      sort: 'policiesCount',
      newestFirst: true,
      card: 'beside',
      text: ({ policiesCount }) => String(policiesCount),
      cell: ({ policiesCount }) =>
        policiesCount === 0 ? <span className="text-text-3">not used</span> : <span className="tabular-nums">{plural(policiesCount, 'policy', 'policies')}</span>,
    },
    { id: 'policies', title: 'Asked for by', width: 200, priority: 6, text: askedBy, cell: (check) => <AskedBy check={check} /> },
    ...accountColumn<PostureCheck>(severalAccounts),
  ],
  more: [
    { title: 'Description', text: ({ description }) => description },
    { title: 'Asks for', text: ({ checks }) => checksInWords(checks).join('; ') },
  ],
  searches: 'Name, description',
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
          <NothingSynced icon={ClipboardCheck} title="No posture checks yet">
            Posture checks that you make in NetBird appear here within minutes. Without them, policies let peers through whatever runs on them.
          </NothingSynced>
        }
      />
    </>
  )
}
