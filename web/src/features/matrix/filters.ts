import { useMemo } from 'react'
import type { Filter, Option } from '@/components/list/definition'
import type { AccessMatrixGroup } from '@/api/types'
import { isPort, PROTOCOLS } from '@/lib/accessEnds'
import { useFoundGroups } from '@/queries/groups'
import { given } from '@/queries/pages'
import { texts } from './texts'

const PORT: Filter<never> = { id: 'port', title: texts.filters.port, open: true, takes: { fits: isPort, words: texts.filters.typePort } }

const optionOf = (id: string, name: string, peers: number): Option => ({ value: id, label: texts.filters.group({ name, peers }) })

/** Groups of one account, by id, as two may have the same name. Where they cannot be read, those on screen are left to choose from. */
const groupFilter = (accountId: string | undefined, shown: readonly AccessMatrixGroup[]): Filter<never> => ({
  id: 'groups',
  title: texts.filters.groups,
  several: true,
  open: true,
  // Nothing that is typed is an id.
  takes: { fits: () => false, words: texts.filters.noGroup },
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
    () => [groupFilter(accountId, shown ?? []), { id: 'protocol', title: texts.filters.protocol, options: PROTOCOLS }, ...(protocol === 'icmp' ? [] : [PORT])],
    [accountId, shown, protocol],
  )
}
