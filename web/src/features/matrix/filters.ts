import { useMemo } from 'react'
import type { Filter, Option } from '@/components/list/definition'
import type { AccessMatrixGroup } from '@/api/types'
import { isPort, PROTOCOLS } from '@/lib/accessEnds'
import { plural } from '@/lib/numbers'
import { useFoundGroups } from '@/queries/groups'
import { given } from '@/queries/pages'

const PORT: Filter<never> = { id: 'port', title: 'Port', open: true, takes: { fits: isPort, words: 'Type a port, 0 to 65535.' } }

const optionOf = (id: string, name: string, peers: number): Option => ({ value: id, label: `${name} (${plural(peers, 'peer')})` })

/** Groups of one account, by id, as two may have the same name. Where they cannot be read, those on screen are left to choose from. */
const groupFilter = (accountId: string | undefined, shown: readonly AccessMatrixGroup[]): Filter<never> => ({
  id: 'groups',
  title: 'Groups',
  several: true,
  open: true,
  // Nothing that is typed is an id.
  takes: { fits: () => false, words: 'No group is called that.' },
  word: (id) => shown.find((group) => group.id === id)?.name ?? id,
  useOptions: (typed) => {
    const { data, isError } = useFoundGroups(given({ accountId, search: typed }))
    const found = data?.items.map(({ id, name, peersCount }) => optionOf(id, name, peersCount)) ?? (isError ? [] : undefined)
    const fitting = shown.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase())).map(({ id, name, peers }) => optionOf(id, name, peers))
    return found && [...found, ...fitting.filter(({ value }) => !found.some((option) => option.value === value))]
  },
})

/** What the matrix is narrowed by, all of it in the address. */
export function useMatrixFilters(accountId: string | undefined, shown: readonly AccessMatrixGroup[] | undefined, protocol: string | undefined): readonly Filter<never>[] {
  return useMemo(
    () => [groupFilter(accountId, shown ?? []), { id: 'protocol', title: 'Protocol', options: PROTOCOLS }, ...(protocol === 'icmp' ? [] : [PORT])],
    [accountId, shown, protocol],
  )
}
