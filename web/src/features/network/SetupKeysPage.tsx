import { Key } from 'lucide-react'
import type { SetupKey } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { Ago } from '@/components/Time'
import { phrase } from '@/lib/phrase'
import { namesOf } from '@/lib/refs'
import { idInAccount, useSetupKeys } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { stateAt } from './expiry'
import { GROUP_FILTER } from './groupFilter'
import { useNetworkList } from './networkList'
import { Expires, State, STATES, keyInWords, stateWord, TYPES, typeWord, used } from './setupKeyLooks'
import { texts } from './texts'

const definitionFor = (severalAccounts: boolean): ListDefinition<SetupKey> => ({
  id: 'setup-keys',
  label: texts.setupKeys.label,
  one: texts.setupKeys.one,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.setupKeys.key,
    sort: 'name',
    text: ({ name }) => name,
    // When a key ends matters as much as its name.
    letters: 28,
    fewest: 28,
    cell: (key) => (
      <ItemLink kind="setup-key" id={key.id} of={key.accountId} className={ROW_LINK} title={keyInWords(key)}>
        {key.name}
      </ItemLink>
    ),
    below: (key) => (
      <span title={keyInWords(key)}>{phrase(texts.setupKeys.below, { key: <code className="font-mono text-12">{key.key}</code>, words: keyInWords(key) })}</span>
    ),
  },
  columns: [
    { id: 'state', title: texts.state, width: 124, priority: 10, leads: true, sort: 'state', card: 'beside', text: (key) => stateWord(stateAt(key, new Date())), cell: (key) => <State of={key} /> },
    { id: 'expires', title: texts.setupKeys.expires, width: 160, priority: 9, sort: 'expires', card: 'below', text: ({ expires }) => expires ?? texts.never, cell: (key) => <Expires of={key} /> },
    {
      id: 'used',
      title: texts.setupKeys.used,
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
      title: texts.setupKeys.lastUsed,
      width: 110,
      priority: 6,
      sort: 'lastUsed',
      newestFirst: true,
      text: ({ lastUsed }) => lastUsed ?? '',
      cell: ({ lastUsed }) => <span className="text-text-2">{lastUsed ? <Ago at={lastUsed} /> : texts.never}</span>,
    },
    ...accountColumn<SetupKey>(severalAccounts),
  ],
  more: [
    { title: texts.setupKeys.keyBegins, text: ({ key }) => key },
    { title: texts.setupKeys.type, text: ({ type }) => type },
    { title: texts.setupKeys.usageLimit, text: ({ usageLimit }) => (usageLimit === 0 ? '' : String(usageLimit)) },
    { title: texts.setupKeys.groups, text: ({ autoGroups, autoGroupsCount }) => namesOf(autoGroups, autoGroupsCount) },
    { title: texts.setupKeys.ephemeral, text: ({ ephemeral }) => (ephemeral ? texts.yes : texts.no) },
    { title: texts.setupKeys.changed, text: ({ updatedAt }) => updatedAt ?? '' },
  ],
  filters: [
    // A newer server may have others: they can be typed.
    { id: 'state', title: texts.state, open: true, options: STATES, word: stateWord },
    { id: 'type', title: texts.setupKeys.type, open: true, options: TYPES, word: typeWord },
    GROUP_FILTER,
  ],
  searches: texts.setupKeys.searches,
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
          <NothingSynced icon={Key} title={texts.setupKeys.empty}>
            {texts.setupKeys.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
