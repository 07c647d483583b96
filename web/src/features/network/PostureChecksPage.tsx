import { ClipboardCheck } from 'lucide-react'
import type { PostureCheck } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { plural } from '@/lib/numbers'
import { namesOf } from '@/lib/refs'
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
      <span className="font-semibold" title={whole(check)}>
        {check.name}
      </span>
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
    { id: 'policies', title: 'Asked for by', width: 200, priority: 6, text: askedBy, cell: (check) => <span className="text-text-2" title={askedBy(check)}>{askedBy(check)}</span> },
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
