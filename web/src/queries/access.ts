import { keepPreviousData, queryOptions, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, expectData, expectPage, type Page } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Network, NetworkResource } from '@/api/types'
import { writeEnd, type AccessSearch, type End, type EndKind } from '@/lib/accessEnds'
import { plural } from '@/lib/numbers'
import { mayRetry, MINUTE, retryDelay, STALE } from './client'
import { given } from './pages'

/** A whole question: what the API answers. */
export interface Question {
  accountId: string
  from: End
  to: End
  protocol: AccessSearch['protocol']
  port: number | undefined
}

/** So long is waited for a network that is being read anew; syncs are further apart only where somebody made them so. */
const LONGEST_READING_MS = 2 * MINUTE
const READINGS = 4

/** Whether it is asked again without anybody's doing. */
function asksAgain(failures: number, error: unknown): boolean {
  if (!hasSlug(error, 'unavailable')) return mayRetry(failures, error)
  return failures < READINGS && retryDelay(failures, error) <= LONGEST_READING_MS
}

/** Whether the one reaches the other, as of the last sync; asked as often as configuration is. */
export const useAccessCheck = (question: Question | undefined) =>
  useQuery({
    queryKey: ['access-check', question],
    queryFn: async ({ signal, client }) => {
      if (!question) throw new Error('nothing is asked')
      const { accountId, from, to, protocol, port } = question
      const answer = expectData(await api.GET('/api/access/check', { params: { query: { accountId, from: writeEnd(from), to: writeEnd(to), ...given({ protocol, port }) } }, signal }))
      // The next question has them from the beginning.
      client.setQueryData(nameKey(accountId, from), answer.from.name)
      client.setQueryData(nameKey(accountId, to), answer.to.name)
      return answer
    },
    enabled: question !== undefined,
    staleTime: STALE.configuration,
    // What failed is asked again by a press alone, but for what `retry` does.
    refetchInterval: ({ state }) => (state.data === undefined ? false : STALE.configuration),
    retry: asksAgain,
  })

/** Something to choose as one side of a question. */
export interface FoundEnd extends End {
  accountId: string
  accountName: string
  name: string
  /** What tells it from others of its name. */
  note: string
}

/** Of each kind. More are found by typing. */
const SHOWN = 8
/** Networks have no pages longer than this. */
const NETWORKS = 50

interface Filters {
  search?: string
  accountId?: string
}

const resourceOf = ({ accountId, accountName, name: network }: Network, { id, name, address }: NetworkResource): FoundEnd => ({
  kind: 'resource',
  id,
  accountId,
  accountName,
  name: name || address,
  note: address === name ? `in ${network}` : address,
})

/** A network is found by its own name, too: then all that is in it is meant. */
function resourcesIn(networks: readonly Network[], search = ''): FoundEnd[] {
  const all = networks.flatMap((network) => network.resources.map((resource) => resourceOf(network, resource)))
  const typed = search.toLowerCase()
  const named = all.filter(({ name, note }) => `${name} ${note}`.toLowerCase().includes(typed))
  return (named.length > 0 ? named : all).slice(0, SHOWN)
}

const FIND: Record<EndKind, (filters: Filters, signal: AbortSignal) => Promise<FoundEnd[]>> = {
  group: async (filters, signal) =>
    expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ ...filters, sort: '-peersCount', limit: SHOWN }) }, signal })).items.map(({ id, accountId, accountName, name, peersCount }) => ({
      kind: 'group',
      id,
      accountId,
      accountName,
      name,
      note: plural(peersCount, 'peer'),
    })),
  peer: async (filters, signal) =>
    expectPage(await api.GET('/api/netbird/peers', { params: { query: given({ ...filters, sort: 'name' as const, limit: SHOWN }) }, signal })).items.map(({ id, accountId, accountName, name, ip }) => ({ kind: 'peer', id, accountId, accountName, name, note: ip })),
  resource: async (filters, signal) =>
    resourcesIn(expectPage(await api.GET('/api/netbird/networks', { params: { query: given({ ...filters, limit: NETWORKS }) }, signal })).items, filters.search),
  route: async (filters, signal) =>
    expectPage(await api.GET('/api/netbird/routes', { params: { query: given({ ...filters, limit: SHOWN }) }, signal })).items.map(({ id, accountId, accountName, networkId, network, domains }) => ({
      kind: 'route',
      id,
      accountId,
      accountName,
      name: networkId,
      note: domains.length === 0 ? network : domains.join(', '),
    })),
}

export interface FoundEnds {
  found: FoundEnd[]
  isPending: boolean
  /** Kinds that could not be searched. */
  failed: EndKind[]
}

/** The first of each kind whose name, or what else tells them apart, has a text in it; what was found before until then. */
export function useFoundEnds(kinds: readonly EndKind[], filters: Filters, enabled: boolean): FoundEnds {
  return useQueries({
    queries: kinds.map((kind) => ({
      queryKey: ['found-ends', kind, filters],
      queryFn: ({ signal }: { signal: AbortSignal }) => FIND[kind](filters, signal),
      enabled,
      staleTime: STALE.usual,
      refetchInterval: false as const,
      placeholderData: keepPreviousData<FoundEnd[]>,
    })),
    combine: (results) => ({
      found: results.flatMap(({ data }) => data ?? []),
      isPending: results.some(({ isPending, isPlaceholderData }) => isPending || isPlaceholderData),
      // What no server of theirs has is not missed.
      failed: kinds.filter((_, index) => results[index]?.isError && !hasSlug(results[index].error, 'not-offered')),
    }),
  })
}

/** Pages of a list that are looked through for one id. */
const PAGES = 20
const LONGEST_PAGE = 1000

async function lookFor<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>, name: (item: T) => string | undefined): Promise<string | null> {
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next } = await fetchPage(cursor)
    for (const item of items) {
      const found = name(item)
      if (found !== undefined) return found
    }
    if (next === null) return null
    cursor = next
  }
  return null
}

/** The name of an id; null if nothing has it. There is no other way to one of a group, resource or route than its list. */
const NAME: Record<EndKind, (accountId: string, id: string, signal: AbortSignal) => Promise<string | null>> = {
  peer: async (accountId, id, signal) => {
    const answer = await api.GET('/api/netbird/peers/{id}', { params: { path: { id }, query: { accountId } }, signal })
    return answer.response.status === 404 ? null : expectData(answer).name
  },
  group: (accountId, id, signal) =>
    lookFor(
      async (cursor) => expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ accountId, limit: LONGEST_PAGE, cursor }) }, signal })),
      (group) => (group.id === id ? group.name : undefined),
    ),
  resource: (accountId, id, signal) =>
    lookFor(
      async (cursor) => expectPage(await api.GET('/api/netbird/networks', { params: { query: given({ accountId, limit: NETWORKS, cursor }) }, signal })),
      ({ resources }) => {
        const resource = resources.find((one) => one.id === id)
        return resource && (resource.name || resource.address)
      },
    ),
  route: (accountId, id, signal) =>
    lookFor(
      async (cursor) => expectPage(await api.GET('/api/netbird/routes', { params: { query: given({ accountId, limit: LONGEST_PAGE, cursor }) }, signal })),
      (route) => (route.id === id ? route.networkId : undefined),
    ),
}

const nameKey = (accountId: string, end: End | undefined) => ['end-name', accountId, end && writeEnd(end)]

/** What an id is called: undefined while that is not known, null if nothing has it. */
export function useEndName(accountId: string | undefined, end: End | undefined, isWanted: boolean): string | null | undefined {
  return useQuery({
    queryKey: nameKey(accountId ?? '', end),
    queryFn: ({ signal }) => (end && accountId !== undefined ? NAME[end.kind](accountId, end.id, signal) : null),
    enabled: isWanted && end !== undefined && accountId !== undefined,
    staleTime: STALE.configuration,
    refetchInterval: false,
  }).data
}

/** Keeps the name of what was just chosen. */
export function useKeepName() {
  const client = useQueryClient()
  return ({ accountId, name, ...end }: FoundEnd) => client.setQueryData(nameKey(accountId, { kind: end.kind, id: end.id }), name)
}

/** What an account has that can be asked about, for somebody who does not know where to begin. */
const startsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['access-starts', accountId],
    queryFn: async ({ signal }) => {
      const [groups, resources] = await Promise.all([
        api.GET('/api/netbird/groups', { params: { query: { accountId, sort: '-peersCount', limit: 5 } }, signal }).then(expectData),
        // Groups alone are enough to begin with.
        FIND.resource({ accountId }, signal).catch(() => []),
      ])
      return { groups: groups.filter(({ peersCount }) => peersCount > 0), resource: resources[0] }
    },
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

export const useStarts = (accountId: string) => useQuery(startsQuery(accountId))
