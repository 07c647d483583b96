import { hashKey, queryOptions, useQueries, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, expectData, expectPage, type Page } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Change, Network, NetworkResource, NetworkRouter } from '@/api/types'
import { ANY, isAddress, isDomain, type EndKind } from '@/lib/accessEnds'
import { plural } from '@/lib/numbers'
import { ago } from '@/lib/time'
import { nameOf, namesOf } from '@/lib/refs'
import { STALE } from './client'
import { keys } from './keys'
import { given } from './pages'

/** What of a connected network is found by name, and named by NetBird's id. */
export type FoundKind = EndKind | 'policy' | 'router' | 'check' | 'change'

export interface Thing<Kind extends FoundKind = FoundKind> {
  kind: Kind
  id: string
}

/** Something to choose. */
export interface Found<Kind extends FoundKind = FoundKind> extends Thing<Kind> {
  accountId: string
  accountName: string
  name: string
  /** What tells it from others of its name. */
  note: string
}

/** Always the same, so that it differs from nothing that was found. */
const NOTHING: never[] = []

/** Of each kind. More are found by typing. */
const SHOWN = 8
/** Networks have no pages longer than this. */
const NETWORKS = 50

export interface FindFilters {
  search?: string
  accountId?: string
  /** Only peers of the group of this name. */
  group?: string
}

interface Row {
  id: string
  accountId: string
  accountName: string
}

const found = <Kind extends FoundKind>(kind: Kind, { id, accountId, accountName }: Row, name: string, note: string): Found<Kind> => ({ kind, id, accountId, accountName, name, note })

const resourceName = ({ name, address }: Pick<NetworkResource, 'name' | 'address'>): string => name || address

/** Routers have no names of their own: who routes, and where to. */
const routerName = ({ peer, peerGroups }: NetworkRouter, { name }: Network): string => `${peer ? nameOf(peer) : `peers of ${namesOf(peerGroups)}`} to ${name}`

/** A network is found by its own name, too: then all that is in it is meant. */
function fitting<Kind extends FoundKind>(all: readonly Found<Kind>[], search = ''): Found<Kind>[] {
  const typed = search.toLowerCase()
  const named = all.filter(({ name, note }) => `${name} ${note}`.toLowerCase().includes(typed))
  return (named.length > 0 ? named : all).slice(0, SHOWN)
}

const resourcesOf = (network: Network): Found<'resource'>[] =>
  network.resources.map((resource) => found('resource', { ...network, id: resource.id }, resourceName(resource), resource.address === resource.name ? `in ${network.name}` : resource.address))

const routersOf = (network: Network): Found<'router'>[] =>
  network.routers.map((router) => found('router', { ...network, id: router.id }, routerName(router, network), router.enabled ? `metric ${router.metric}` : 'off'))

const networks = async ({ search, accountId }: FindFilters, signal: AbortSignal) =>
  expectPage(await api.GET('/api/netbird/networks', { params: { query: given({ search, accountId, limit: NETWORKS }) }, signal })).items

const changeWords = ({ sentences, itemName }: Pick<Change, 'sentences' | 'itemName'>): string => sentences.join(' · ') || itemName

/** Lists of which a change can be undone. */
const UNDONE = 'policies,groups,posture_checks,networks,network_routers,network_resources,routes'

/** How everybody is called where they are chosen. */
export const EVERYBODY = 'Every peer'

/** What is typed, where it is something that needs no looking up. */
function typed<Kind extends 'address' | 'domain'>(kind: Kind, { search = '', accountId }: FindFilters, note: string): Promise<Found<Kind>[]> {
  const text = search.replace(/\.$/, '').toLowerCase()
  return Promise.resolve(accountId !== undefined && (kind === 'address' ? isAddress(text) : isDomain(text)) ? [{ kind, id: text, accountId, accountName: '', name: text, note }] : [])
}

type Find<Kind extends FoundKind> = (filters: FindFilters, signal: AbortSignal) => Promise<Found<Kind>[]>

const FIND: { [Kind in FoundKind]: Find<Kind> } = {
  group: async ({ search, accountId }, signal) =>
    expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ search, accountId, sort: '-peersCount', limit: SHOWN }) }, signal })).items.map((group) =>
      found('group', group, group.name, plural(group.peersCount, 'peer')),
    ),
  peer: async (filters, signal) =>
    expectPage(await api.GET('/api/netbird/peers', { params: { query: given({ ...filters, sort: 'name' as const, limit: SHOWN }) }, signal })).items.map((peer) => found('peer', peer, peer.name, peer.ip)),
  user: async ({ search, accountId }, signal) =>
    expectPage(await api.GET('/api/netbird/users', { params: { query: given({ search, accountId, sort: 'name' as const, limit: SHOWN }) }, signal })).items.map((user) =>
      found('user', user, user.name || user.email || user.id, user.isServiceUser ? 'service user' : user.email),
    ),
  any: ({ search = '', accountId }) =>
    Promise.resolve(accountId !== undefined && `${EVERYBODY} everybody anything anybody`.toLowerCase().includes(search.toLowerCase()) ? [{ ...ANY, kind: 'any' as const, accountId, accountName: '', name: EVERYBODY, note: 'of the whole network' }] : []),
  address: (filters) => typed('address', filters, filters.search?.includes('/') ? 'a range' : 'one address'),
  domain: (filters) => typed('domain', filters, filters.search?.startsWith('*') ? 'every name below it' : 'one name'),
  resource: async (filters, signal) => fitting((await networks(filters, signal)).flatMap(resourcesOf), filters.search),
  router: async (filters, signal) => fitting((await networks(filters, signal)).flatMap(routersOf), filters.search),
  route: async ({ search, accountId }, signal) =>
    expectPage(await api.GET('/api/netbird/routes', { params: { query: given({ search, accountId, limit: SHOWN }) }, signal })).items.map((route) =>
      found('route', route, route.networkId, route.domains.length === 0 ? route.network : route.domains.join(', ')),
    ),
  policy: async ({ search, accountId }, signal) =>
    expectPage(await api.GET('/api/netbird/policies', { params: { query: given({ search, accountId, sort: 'name', limit: SHOWN }) }, signal })).items.map((policy) =>
      found('policy', policy, policy.name, policy.enabled ? (policy.rules[0]?.sentence ?? 'no rules') : 'off'),
    ),
  change: async ({ search, accountId }, signal) =>
    expectData(await api.GET('/api/netbird/changes', { params: { query: given({ search, accountId, resource: UNDONE, limit: SHOWN }) }, signal })).map((change) =>
      found('change', change, changeWords(change), ago(new Date(change.at), new Date())),
    ),
  check: async ({ search, accountId }, signal) =>
    expectPage(await api.GET('/api/netbird/posture-checks', { params: { query: given({ search, accountId, sort: 'name', limit: SHOWN }) }, signal })).items.map((check) =>
      found('check', check, check.name, check.sentence),
    ),
}

/** The first of a kind, without more ado. */
export const findFirst = <Kind extends FoundKind>(kind: Kind, filters: FindFilters, signal: AbortSignal): Promise<Found<Kind>[]> => (FIND[kind] as Find<Kind>)(filters, signal)

export interface FoundThings<Kind extends FoundKind> {
  found: Found<Kind>[]
  isPending: boolean
  /** Kinds that could not be searched. */
  failed: Kind[]
}

/** The first of each kind whose name, or what else tells them apart, has a text in it; what was found before until then. */
export function useFound<Kind extends FoundKind>(kinds: readonly Kind[], filters: FindFilters, enabled: boolean): FoundThings<Kind> {
  const { answers, isPending, failed } = useQueries({
    queries: kinds.map((kind) => ({
      queryKey: keys.found(kind, filters),
      queryFn: ({ signal }: { signal: AbortSignal }) => findFirst(kind, filters, signal),
      enabled,
      staleTime: STALE.usual,
      refetchInterval: false as const,
    })),
    combine: (results) => ({
      answers: results.map(({ data, isError }) => data ?? (isError ? [] : undefined)),
      isPending: results.some((result) => result.isPending),
      // What no server of theirs has is not missed.
      failed: kinds.filter((_, index) => results[index]?.isError && !hasSlug(results[index].error, 'not-offered')),
    }),
  })
  // Queries of one call forget what those before them found: theirs is kept here, as long as it is of the same things.
  const { search, ...others } = filters
  const of = hashKey([kinds, others])
  const [last, setLast] = useState<{ of: string; lists: readonly Found<Kind>[][] }>({ of, lists: [] })
  const lists = answers.map((answer, index) => answer ?? (last.of === of ? last.lists[index] : undefined) ?? NOTHING)
  if (last.of !== of || lists.some((list, index) => list !== last.lists[index])) setLast({ of, lists })
  return { found: lists.flat(), isPending, failed }
}

/** Pages of a list that are looked through for one id. */
const PAGES = 20
const LONGEST_PAGE = 1000

/** A list, as far as it is looked through. */
interface All<T> {
  items: T[]
  isWhole: boolean
}

async function everyPage<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): Promise<All<T>> {
  const all: T[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next } = await fetchPage(cursor)
    all.push(...items)
    if (next === null) return { items: all, isWhole: true }
    cursor = next
  }
  return { items: all, isWhole: false }
}

/** All policies of an account: there is no other way to one of them. */
export const allPolicies = (accountId: string) =>
  queryOptions({
    queryKey: keys.allPolicies(accountId),
    queryFn: ({ signal }) => everyPage(async (cursor) => expectPage(await api.GET('/api/netbird/policies', { params: { query: given({ accountId, limit: LONGEST_PAGE, cursor }) }, signal }))),
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

const allNetworks = (accountId: string) =>
  queryOptions({
    queryKey: keys.allNetworks(accountId),
    queryFn: ({ signal }) => everyPage(async (cursor) => expectPage(await api.GET('/api/netbird/networks', { params: { query: given({ accountId, limit: NETWORKS, cursor }) }, signal }))),
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

interface Names {
  of: ReadonlyMap<string, string>
  /** Whether what has no name here is gone. */
  isWhole: boolean
}

const namesOfAll = ({ items, isWhole }: All<{ id: string; name: string }>): Names => ({ of: new Map(items.map(({ id, name }) => [id, name])), isWhole })

/** What is in networks; an answer has the first 50 of each. */
const within = ({ items, isWhole }: All<Network>, things: (network: Network) => Found[]): Names => ({
  ...namesOfAll({ items: items.flatMap(things), isWhole }),
  isWhole: isWhole && items.every(({ resources, resourcesCount, routers, routersCount }) => resources.length >= resourcesCount && routers.length >= routersCount),
})

/** What each of an account is called, of kinds whose one is only found in the list of all. */
const NAMES: Record<Exclude<FoundKind, 'peer' | 'user' | 'any' | 'address' | 'domain' | 'change'>, (accountId: string, client: QueryClient, signal: AbortSignal) => Promise<Names>> = {
  group: async (accountId, _, signal) =>
    namesOfAll(await everyPage(async (cursor) => expectPage(await api.GET('/api/netbird/groups', { params: { query: given({ accountId, limit: LONGEST_PAGE, cursor }) }, signal })))),
  route: async (accountId, _, signal) => {
    const { items, isWhole } = await everyPage(async (cursor) => expectPage(await api.GET('/api/netbird/routes', { params: { query: given({ accountId, limit: LONGEST_PAGE, cursor }) }, signal })))
    return namesOfAll({ items: items.map(({ id, networkId }) => ({ id, name: networkId })), isWhole })
  },
  check: async (accountId, _, signal) =>
    namesOfAll(await everyPage(async (cursor) => expectPage(await api.GET('/api/netbird/posture-checks', { params: { query: given({ accountId, limit: LONGEST_PAGE, cursor }) }, signal })))),
  policy: async (accountId, client) => namesOfAll(await client.query(allPolicies(accountId))),
  resource: async (accountId, client) => within(await client.query(allNetworks(accountId)), resourcesOf),
  router: async (accountId, client) => within(await client.query(allNetworks(accountId)), routersOf),
}

/** The name of an id, or the id where its name is not to be found; null if nothing has it. */
async function lookUp(accountId: string, { kind, id }: Thing, client: QueryClient, signal: AbortSignal): Promise<string | null> {
  if (kind === 'peer') {
    const answer = await api.GET('/api/netbird/peers/{id}', { params: { path: { id }, query: { accountId } }, signal })
    return answer.response.status === 404 ? null : expectData(answer).name
  }
  if (kind === 'any') return EVERYBODY
  if (kind === 'address' || kind === 'domain') return id
  if (kind === 'user') {
    const answer = await api.GET('/api/netbird/users/{id}', { params: { path: { id }, query: { accountId } }, signal })
    if (answer.response.status === 404) return null
    const { name, email } = expectData(answer)
    return name || email || id
  }
  if (kind === 'change') {
    const answer = await api.GET('/api/netbird/changes/{id}', { params: { path: { id } }, signal })
    return answer.response.status === 404 ? null : changeWords(expectData(answer))
  }
  // Several are looked up in one list.
  const names = await client.query({ queryKey: keys.allNames(kind, accountId), queryFn: ({ signal: own }) => NAMES[kind](accountId, client, own), staleTime: STALE.configuration })
  return names.of.get(id) ?? (names.isWhole ? null : id)
}

const nameQuery = (accountId: string | undefined, thing: Thing | undefined, isWanted: boolean) =>
  queryOptions({
    queryKey: keys.name(accountId ?? '', thing),
    queryFn: ({ signal, client }) => (thing && accountId !== undefined ? lookUp(accountId, thing, client, signal) : null),
    enabled: isWanted && thing !== undefined && accountId !== undefined,
    staleTime: STALE.configuration,
    refetchInterval: false,
  })

/** What an id is called: undefined while that is not known, null if nothing has it. */
export const useName = (accountId: string | undefined, thing: Thing | undefined, isWanted = true): string | null | undefined => useQuery(nameQuery(accountId, thing, isWanted)).data

/** What several are called, in their order. */
export const useNames = (accountId: string | undefined, things: readonly Thing[]): readonly (string | null | undefined)[] =>
  useQueries({ queries: things.map((thing) => nameQuery(accountId, thing, true)), combine: (results) => results.map(({ data }) => data) })

/** Keeps the name of what was just chosen. */
export function useKeepName() {
  const client = useQueryClient()
  return ({ accountId, name, kind, id }: Found) => client.setQueryData(keys.name(accountId, { kind, id }), name)
}
