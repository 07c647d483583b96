import { CircleCheck, CircleSlash, Waypoints } from 'lucide-react'
import { useMemo } from 'react'
import type { Policy } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import { useListAddress } from '@/components/list/address'
import type { ListDefinition, Option } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { Mark } from '@/components/ui/Badge'
import { useGroupNames } from '@/queries/groups'
import { idInAccount, usePolicies } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'

const STATES = [
  { value: 'true', label: 'In force', tone: 'ok', icon: CircleCheck },
  { value: 'false', label: 'Off', tone: 'muted', icon: CircleSlash },
] as const

/** What a policy says: each of its rules in words, those that are off by themselves named as such. */
const saying = ({ rules, enabled }: Policy): string =>
  rules.length === 0 ? 'No rules' : rules.map((rule) => (enabled && !rule.enabled ? `${rule.sentence} (off)` : rule.sentence)).join('; ')

function useGroupOptions(typed: string): readonly Option[] | undefined {
  return useGroupNames(typed, useAccountFilter())?.map(({ name }) => ({ value: name, label: name }))
}

const definitionFor = (severalAccounts: boolean): ListDefinition<Policy> => ({
  id: 'policies',
  label: 'Policies',
  one: 'policy',
  many: 'policies',
  idOf: idInAccount,
  name: {
    id: 'name',
    title: 'Policy',
    sort: 'name',
    text: ({ name }) => name,
    fewest: 40,
    cell: ({ name, description }) => (
      <span className="font-semibold" title={description || undefined}>
        {name}
      </span>
    ),
    below: (policy) => <span title={saying(policy)}>{saying(policy)}</span>,
  },
  columns: [
    {
      id: 'enabled',
      title: 'State',
      width: 110,
      priority: 10,
      leads: true,
      sort: 'enabled',
      card: 'beside',
      text: ({ enabled }) => (enabled ? 'in force' : 'off'),
      cell: ({ enabled }) => {
        const { tone, icon, label } = STATES[enabled ? 0 : 1]
        return (
          <Mark tone={tone} icon={icon}>
            {label}
          </Mark>
        )
      },
    },
    ...accountColumn<Policy>(severalAccounts),
  ],
  more: [
    { title: 'Description', text: ({ description }) => description },
    { title: 'Rules', text: saying },
  ],
  filters: [
    { id: 'enabled', title: 'State', options: STATES },
    { id: 'group', title: 'Group', open: true, useOptions: useGroupOptions },
  ],
  searches: 'Name, description',
  sort: 'name',
})

/** Who may reach what in the connected networks, in words. */
export function PoliciesPage() {
  const severalAccounts = useAccountsInView().length > 1
  const definition = useMemo(() => definitionFor(severalAccounts), [severalAccounts])
  const { search, sort, filters } = useListAddress(definition)
  const enabled = filters.enabled?.[0]
  const list = usePolicies(
    given({ search, sort, enabled: enabled === undefined ? undefined : enabled === 'true', group: filters.group?.[0], accountId: useAccountFilter() }),
  )
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={Waypoints} title="No policies yet">
            Access policies appear here within minutes of the first sync.
          </NothingSynced>
        }
      />
    </>
  )
}
