import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useAccountFilter } from '@/components/accountFilter'
import { useWholeList } from '@/components/list/whole'
import type { PagedList } from '@/queries/pagedList'
import { topologyQuery } from '@/queries/topology'
import { definitionFor } from './definition'
import { graphOf, type Row } from './graph'
import { countKinds, countStatuses, narrowed, type NodeFilter } from './narrow'

const route = getRouteApi('/frame/topology')

/** The graph at the page's address. Which group's peers are shown is known by the answer: while another is on its way, the last one's are. */
export function useTopology() {
  const { group, kind, status, offline, protocol, port } = route.useSearch()
  const accountId = useAccountFilter()
  const query = useQuery(topologyQuery({ accountId, group, protocol, port: port === undefined ? undefined : Number(port) }))
  const topology = query.data
  const graph = useMemo(() => topology && graphOf(topology, group), [topology, group])
  const nodeFilter = useMemo((): NodeFilter => ({ kinds: kind, statuses: status, hidesOffline: offline === 'hidden' }), [kind, status, offline])
  const shown = useMemo(() => graph && narrowed(graph, nodeFilter), [graph, nodeFilter])
  const groups = topology?.groups
  const names = groups?.map(({ id, name, peers }) => `${id} ${name} ${peers}`).join()
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a group's peers come and go, the definition stays
  const definition = useMemo(() => definitionFor(groups ?? []), [names])
  const whole = useWholeList({ ...query, data: shown?.rows } as UseQueryResult<readonly Row[]>, definition)
  const list: PagedList<Row> = {
    ...whole,
    counts: (id) => {
      if (id === 'kind') return countKinds(graph?.nodes ?? [])
      if (id === 'status') return countStatuses(graph?.nodes ?? [])
      if (id === 'group') return new Map(groups?.map(({ id: of, peers }) => [of.slice('group:'.length), peers]))
      return whole.counts?.(id) ?? new Map<string, number>()
    },
  }
  return { query, topology, graph, shown, definition, list, nodeFilter }
}

export type TopologyState = ReturnType<typeof useTopology>
