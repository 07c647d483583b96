import type { UseQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DashboardMetrics } from '@/api/types'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { timeWords } from '@/components/metrics/series'
import { UNKNOWN } from '@/lib/numbers'
import { rowsOf, type MetricsRow, type Told } from './rows'
import { texts } from './texts'

const definitionFor = (columns: readonly Told[], resolution: DashboardMetrics['resolution']): ListDefinition<MetricsRow> => ({
  id: 'metrics',
  label: texts.table.label,
  one: texts.table.one,
  idOf: ({ time }) => time,
  name: {
    id: 'time',
    title: texts.table.time,
    letters: 24,
    fewest: 24,
    text: ({ time }) => time,
    cell: ({ time }) => <span className="tabular-nums">{timeWords(Date.parse(time), resolution)}</span>,
  },
  columns: columns.map(({ id, title, say }, index) => ({
    id,
    title,
    width: 116,
    priority: 20 - index,
    // A card has room for two; others are there when they are chosen alone.
    ...(index < 2 && { card: 'below' as const, labelled: true }),
    text: ({ values }) => String(values[id] ?? ''),
    cell: ({ values }) => <span className="tabular-nums">{typeof values[id] === 'number' ? say(values[id]) : UNKNOWN}</span>,
  })),
})

interface MetricsTableProps {
  query: UseQueryResult<DashboardMetrics>
  columns: readonly Told[]
  resolution: DashboardMetrics['resolution']
}

/** The same points as text. */
export function MetricsTable({ query, columns, resolution }: MetricsTableProps) {
  const kinds = columns.map(({ id, title }) => `${id} ${title}`).join()
  // eslint-disable-next-line react-hooks/exhaustive-deps -- new points make no other columns
  const definition = useMemo(() => definitionFor(columns, resolution), [kinds, resolution])
  const rows = useMemo(() => rowsOf(columns), [columns])
  const list = useWholeList({ ...query, data: rows } as UseQueryResult<readonly MetricsRow[]>, definition)
  return <List definition={definition} list={list} lead={<h2 className="text-13 font-semibold">{texts.table.title}</h2>} empty={null} />
}
