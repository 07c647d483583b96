import { useAccountFilter } from '@/components/accountFilter'
import type { Filter, Option } from '@/components/list/definition'
import { isPort } from '@/lib/accessEnds'
import { useFoundEnds } from '@/queries/access'

/** Groups whose names are known from the matrix, and those that are found by typing. */
export function matrixFilters(known: readonly Option[], accountId: string | undefined): Filter<never>[] {
  const names = new Map(known.map(({ value, label }) => [value, label]))
  function useGroups(typed: string): readonly Option[] | undefined {
    const filter = useAccountFilter()
    const of = accountId ?? filter
    const { found, isPending } = useFoundEnds(['group'], { search: typed, ...(of !== undefined && { accountId: of }) }, true)
    if (isPending && found.length === 0) return undefined
    const more = found.map(({ id, name }) => ({ value: id, label: name }))
    return typed === '' ? [...known, ...more.filter(({ value }) => !names.has(value))] : more
  }
  return [
    { id: 'groups', title: 'Groups', several: true, useOptions: useGroups, word: (id) => names.get(id) ?? id },
    {
      id: 'protocol',
      title: 'Protocol',
      options: [
        { value: 'tcp', label: 'TCP' },
        { value: 'udp', label: 'UDP' },
        { value: 'icmp', label: 'ICMP' },
      ],
    },
    { id: 'port', title: 'Port', open: true, options: ['22', '80', '443', '3389', '5432'].map((value) => ({ value, label: value })), takes: { fits: isPort, words: 'A port is a number from 0 to 65535' } },
  ]
}
