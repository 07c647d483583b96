import { listed } from '@/lib/numbers'
import type { Condition, Kind, Row } from './graph'

export const KIND_WORDS: Readonly<Record<Kind, { one: string; many: string }>> = {
  group: { one: 'Group', many: 'Groups' },
  peer: { one: 'Peer', many: 'Peers' },
  network: { one: 'Network', many: 'Networks' },
  resource: { one: 'Resource', many: 'Resources' },
  router: { one: 'Router', many: 'Routers' },
  route: { one: 'Route', many: 'Routes' },
}

export const CONDITION_WORDS: Readonly<Record<Condition, string>> = {
  online: 'Online',
  some: 'Some online',
  offline: 'Offline',
  unconfirmed: 'Unconfirmed',
  on: 'On',
  off: 'Off',
  none: '',
}

/** The API's word for all there is. */
const EVERYTHING = 'everything'

/** "TCP 22, 443 and ICMP"; undefined where it is everything. */
export function servicesWords(services: readonly string[]): string | undefined {
  if (services.includes(EVERYTHING)) return undefined
  return services.length === 0 ? 'nothing' : listed(services)
}

/** Of a rule that is not understood, no services are known: that is not none. */
const isUnknown = ({ services, edge }: Row): boolean => services.length === 0 && Boolean(edge?.unclear)

/** On what, for a column. */
export function servicesText(row: Row): string {
  if (row.says === 'part') return ''
  return isUnknown(row) ? 'not clear' : (servicesWords(row.services) ?? EVERYTHING)
}

/** What one row says, as a sentence without its full stop. */
export function sentenceOf(row: Row): string {
  const { from, to, says, verb, services, isOn, edge } = row
  const off = isOn ? '' : ' (off)'
  if (says === 'part') return `${from.name} ${verb} ${to.name}${off}`
  const words = isUnknown(row) ? undefined : servicesWords(services)
  const on = words === undefined ? '' : ` on ${words}`
  const both = edge?.bidirectional ?? false
  const checks = edge?.postureChecks ?? []
  const held = checks.length === 0 ? '' : ` if ${listed(checks)} ${checks.length === 1 ? 'holds' : 'hold'}`
  const unclear = edge?.unclear ? ` (not clear: ${edge.unclear})` : ''
  const may = says === 'allows' ? 'may' : says === 'drops' ? 'may not' : `“${edge?.action ?? ''}”`
  const what =
    from === to ? `Peers of ${from.name} ${may} reach each other` : both ? `${from.name} and ${to.name} ${may} reach each other` : `${from.name} ${may} reach ${to.name}`
  return `${what}${on}${held}${off}${unclear}`
}

/** What it does, in a word or two, for a column. */
export const saysWords = ({ says, verb, edge }: Row): string =>
  says === 'part' ? verb : says === 'allows' ? (edge?.bidirectional ? 'may reach, and back' : 'may reach') : says === 'drops' ? 'may not reach' : (edge?.action ?? '')
