import { Ban, CircleCheck, CircleSlash, Gauge, Infinity as Endless, Key, TimerOff, TriangleAlert } from 'lucide-react'
import type { SetupKey } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { Ago } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { wordsOf } from '@/lib/named'
import { grouped } from '@/lib/numbers'
import { namesOf } from '@/lib/refs'
import { useEverySecond } from '@/lib/ticker'
import { absolute } from '@/lib/time'
import { idInAccount, useSetupKeys } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { expiryOf, stateAt } from './expiry'
import { GROUP_FILTER } from './groupFilter'
import { useNetworkList } from './networkList'

const STATES = [
  { value: 'valid', label: 'Valid', tone: 'ok', icon: CircleCheck },
  { value: 'overused', label: 'Used up', tone: 'muted', icon: Gauge },
  { value: 'expired', label: 'Expired', tone: 'bad', icon: TimerOff },
  { value: 'revoked', label: 'Revoked', tone: 'muted', icon: Ban },
] as const

const TYPES = [
  { value: 'reusable', label: 'Reusable' },
  { value: 'one-off', label: 'One-off' },
] as const

const wordOf = (known: readonly { value: string; label: string }[]) => (value: string): string => known.find((one) => one.value === value)?.label ?? wordsOf(value)
const stateWord = wordOf(STATES)
const typeWord = wordOf(TYPES)

function State({ of: key }: { of: SetupKey }) {
  const state = useEverySecond((now) => stateAt(key, now))
  const { tone, icon } = STATES.find(({ value }) => value === state) ?? { tone: 'muted' as const, icon: CircleSlash }
  return (
    <Mark tone={tone} icon={icon}>
      {stateWord(state)}
    </Mark>
  )
}

function Expires({ of: key }: { of: SetupKey }) {
  // Texts are compared, so that a second that changes nothing draws nothing.
  const [kind, text] = useEverySecond((now) => Object.values(expiryOf(key, now)).join('|')).split('|')
  const title = key.expires ? absolute(new Date(key.expires)) : undefined
  if (kind === 'soon') {
    return (
      <span title={title}>
        <Mark tone="warn" icon={TriangleAlert}>
          {text}
        </Mark>
      </span>
    )
  }
  if (kind === 'never') {
    return (
      <Mark tone={key.state === 'valid' ? 'info' : 'muted'} icon={Endless}>
        {text}
      </Mark>
    )
  }
  return (
    <span className={kind === 'past' ? 'text-text-3' : 'text-text-2'} title={title}>
      {text}
    </span>
  )
}

const used = ({ usedTimes, usageLimit }: SetupKey): string => (usageLimit === 0 ? `${grouped(usedTimes)}, no limit` : `${grouped(usedTimes)} of ${grouped(usageLimit)}`)

/** What peers that join by it are, beside its type. */
const gives = ({ autoGroups, autoGroupsCount, ephemeral, allowExtraDnsLabels }: SetupKey): string[] => [
  ...(autoGroups.length === 0 ? [] : [`into ${namesOf(autoGroups, autoGroupsCount)}`]),
  ...(ephemeral ? ['peers are removed when they are gone for a while'] : []),
  ...(allowExtraDnsLabels ? ['peers may bring names of their own'] : []),
]

const inWords = (key: SetupKey): string => [typeWord(key.type), ...gives(key)].join(', ')

const definitionFor = (severalAccounts: boolean): ListDefinition<SetupKey> => ({
  id: 'setup-keys',
  label: 'Setup keys',
  one: 'setup key',
  idOf: idInAccount,
  name: {
    id: 'name',
    title: 'Setup key',
    sort: 'name',
    text: ({ name }) => name,
    // When a key ends matters as much as its name.
    letters: 28,
    fewest: 28,
    cell: ({ name }) => <span className="font-semibold">{name}</span>,
    below: (key) => (
      <span title={inWords(key)}>
        <code className="font-mono text-12">{key.key}</code> · {inWords(key)}
      </span>
    ),
  },
  columns: [
    { id: 'state', title: 'State', width: 124, priority: 10, leads: true, sort: 'state', card: 'beside', text: (key) => stateWord(stateAt(key, new Date())), cell: (key) => <State of={key} /> },
    { id: 'expires', title: 'Expires', width: 160, priority: 9, sort: 'expires', card: 'below', text: ({ expires }) => expires ?? 'never', cell: (key) => <Expires of={key} /> },
    {
      id: 'used',
      title: 'Used',
      width: 132,
      priority: 7,
      sort: 'usedTimes',
      newestFirst: true,
      card: 'below',
      labelled: true,
      text: ({ usedTimes }) => String(usedTimes),
      cell: (key) => <span className="tabular-nums">{used(key)}</span>,
    },
    {
      id: 'lastUsed',
      title: 'Last used',
      width: 110,
      priority: 6,
      sort: 'lastUsed',
      newestFirst: true,
      text: ({ lastUsed }) => lastUsed ?? '',
      cell: ({ lastUsed }) => <span className="text-text-2">{lastUsed ? <Ago at={lastUsed} /> : 'never'}</span>,
    },
    ...accountColumn<SetupKey>(severalAccounts),
  ],
  more: [
    { title: 'Key', text: ({ key }) => key },
    { title: 'Type', text: ({ type }) => type },
    { title: 'Usage limit', text: ({ usageLimit }) => (usageLimit === 0 ? '' : String(usageLimit)) },
    { title: 'Groups', text: ({ autoGroups, autoGroupsCount }) => namesOf(autoGroups, autoGroupsCount) },
    { title: 'Ephemeral', text: ({ ephemeral }) => (ephemeral ? 'yes' : 'no') },
    { title: 'Changed', text: ({ updatedAt }) => updatedAt ?? '' },
  ],
  filters: [
    // A newer server may have others: they can be typed.
    { id: 'state', title: 'State', open: true, options: STATES, word: stateWord },
    { id: 'type', title: 'Type', open: true, options: TYPES, word: typeWord },
    GROUP_FILTER,
  ],
  searches: 'Name, beginning of the key',
  sort: 'name',
})

/** The keys by which peers join without a user: which are good, until when, and how often they were used. */
export function SetupKeysPage() {
  const { definition, accountId, search, sort, filters } = useNetworkList(definitionFor)
  const list = useSetupKeys(given({ search, sort, state: filters.state?.[0], type: filters.type?.[0], group: filters.group?.[0], accountId }))
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={Key} title="No setup keys yet">
            Setup keys that you make in NetBird appear here within minutes, without the part that lets peers join.
          </NothingSynced>
        }
      />
    </>
  )
}
