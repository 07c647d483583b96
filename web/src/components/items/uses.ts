import { CircleDashed, Cog, Router, Server, type LucideIcon } from 'lucide-react'
import type { Use } from '@/api/types'
import { named, wordsOf } from '@/lib/named'
import { listed } from '@/lib/numbers'
import { capitalized } from '@/lib/sentence'
import { ITEMS, type ItemKind } from './kinds'
import { texts } from './texts'

type Place = Use['as'][number]

interface Look {
  title: string
  icon: LucideIcon
}

/** Those that use a thing, by what they are, in this order. */
const KINDS: Record<Use['kind'], Look> = {
  policy: { title: 'Policies', icon: ITEMS.policy.icon },
  network: { title: 'Networks', icon: ITEMS.network.icon },
  'network-resource': { title: 'Network resources', icon: Server },
  'network-router': { title: 'Network routers', icon: Router },
  route: { title: 'Routes', icon: ITEMS.route.icon },
  nameserver: { title: 'Nameservers', icon: ITEMS.nameserver.icon },
  'dns-settings': { title: 'DNS settings', icon: Cog },
  'setup-key': { title: 'Setup keys', icon: ITEMS['setup-key'].icon },
  peer: { title: 'Peers', icon: ITEMS.peer.icon },
}

const ORDER = Object.keys(KINDS)

/** Who uses a thing, and in which ways: through several groups there are several. */
export interface User extends Pick<Use, 'name' | 'isOn' | 'network'> {
  /** Empty of what there is one of. */
  id: string
  ways: readonly Pick<Use, 'as' | 'group'>[]
}

export interface UsersOfKind {
  kind: Use['kind']
  look: Look
  users: readonly User[]
}

/** Kind by kind, each user once; kinds that only a newer API knows come last. */
export function usersByKind(uses: readonly Use[]): UsersOfKind[] {
  const kinds = new Map<Use['kind'], Map<string, User & { ways: Pick<Use, 'as' | 'group'>[] }>>()
  for (const { kind, id: given, name, as, isOn, network, group } of uses) {
    const users = kinds.get(kind) ?? new Map<string, User & { ways: Pick<Use, 'as' | 'group'>[] }>()
    kinds.set(kind, users)
    const id = given ?? ''
    const way = { as, ...(group && { group }) }
    const user = users.get(id)
    if (user) user.ways.push(way)
    else users.set(id, { id, name, ways: [way], ...(isOn !== undefined && { isOn }), ...(network && { network }) })
  }
  const rank = (kind: string) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length)
  return [...kinds]
    .map(([kind, users]) => ({ kind, look: named<Look>(KINDS, kind, () => ({ title: wordsOf(kind.replaceAll('-', '_')), icon: CircleDashed })), users: [...users.values()] }))
    .sort((one, other) => rank(one.kind) - rank(other.kind))
}

const placeWord = (place: string): string => place.replaceAll('-', ' ')

/** What a group is to whoever names it. */
const OF_GROUP: Partial<Record<Place, string>> = {
  member: 'is in it',
  'routing-peer': 'routed by its peers',
  distribution: 'for its peers',
  'access-control': 'policies name it for what is behind the route',
  'auto-group': 'puts peers into it',
  'dns-management-off': 'NetBird does not manage DNS on its peers',
}

/** What a peer is, itself or by being in a group. */
const OF_PEER: Partial<Record<Place, string>> = {
  'routing-peer': 'routed by it',
  distribution: 'for it',
  'dns-management-off': 'NetBird does not manage DNS on it',
}

const OF_OTHERS: Partial<Record<Place, string>> = {
  'posture-check': 'its sources must pass it',
  owner: 'belongs to them',
}

/** Of places in which the group itself stands, and its members do not. */
const AROUND: Partial<Record<Place, (typeof texts.around)[keyof typeof texts.around]>> = texts.around

function placeIn(thing: ItemKind, user: Use['kind'], place: Place): string {
  // Both stand for that policies are about a network's resources.
  if (place === 'policy') return user === 'network' ? 'the policy is about its resources' : 'about its resources'
  const table = thing === 'group' ? OF_GROUP : thing === 'peer' ? OF_PEER : OF_OTHERS
  return table[place] ?? placeWord(place)
}

/** One way in which a thing is used, in words; where it goes through a group, the sentence that names both. */
export interface Way {
  as: string
  through?: { group: { id: string; name: string }; text: typeof texts.asMember | (typeof texts.around)[keyof typeof texts.around] }
}

/** As what `thing` is used; of a peer that is used through a group, by which. */
export function waysOf(thing: ItemKind, user: Use['kind'], { as, group }: Pick<Use, 'as' | 'group'>): Way[] {
  if (!group) return [{ as: listed(as.map((place) => placeIn(thing, user, place))) }]
  const own = as.filter((place) => AROUND[place] === undefined)
  const around = as.flatMap((place) => AROUND[place] ?? [])
  return [
    ...(own.length === 0 ? [] : [{ as: listed(own.map((place) => placeIn('peer', user, place))), through: { group, text: texts.asMember } }]),
    ...around.map((text) => ({ as: '', through: { group, text } })),
  ]
}

/** Which uses are not known, in a sentence; undefined if all are. */
export function unreadUses(unread: readonly string[]): string | undefined {
  if (unread.length === 0) return undefined
  return texts.usedBy.unread({ lists: capitalized(listed(unread)) })
}
