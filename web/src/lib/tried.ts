import type { AccessChange, AccessChangePolicy, AccessChangeResource, AccessChangeRule } from '@/api/types'
import { isPort, type AccessSearch } from './accessEnds'

/** Changes of a network that are tried, not made: as the API takes them, and as an address holds them. */

/** The API takes no more at once. */
export const MOST_CHANGES = 50
/** Longer addresses are cut by mail programs and chats. */
export const LONGEST_IN_ADDRESS = 2048

/** What a change of a list can be begun with, and what it is about. */
export const CHOICES = ['switch-policy', 'delete-policy', 'new-policy', 'change-policy', 'members', 'switch-router', 'switch-resource', 'change-check', 'undo'] as const
export type Choice = (typeof CHOICES)[number]

export interface TrySearch extends Pick<AccessSearch, 'of' | 'protocol' | 'port'> {
  changes?: string
  /** Where in this tab they are kept, being too long for an address. */
  kept?: string
  /** The difference is asked for. */
  show?: '1'
  /** What is being added, and what of the network it begins with: `group:d1k5c8`. */
  add?: Choice
  about?: string
  /** Which is being changed, counted from 0. */
  edit?: string
  /** The proposal that the changes are of, and its version when they were taken from it. */
  proposal?: string
  seen?: string
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'
const isId = (value: unknown): value is string => isText(value) && value.trim() !== '' && value.length <= 200
const isSwitch = (value: unknown): value is boolean => typeof value === 'boolean'
const idsOf = (value: unknown): string[] | undefined => (value === undefined ? [] : Array.isArray(value) && value.every(isId) ? value : undefined)

/** "22", "8000-8010" */
export function isPorts(text: string): boolean {
  const [first = '', last = first, ...more] = text.split('-')
  return more.length === 0 && isPort(first) && isPort(last) && Number(first) <= Number(last) && Number(first) > 0
}

const RESOURCES = ['peer', 'host', 'subnet', 'domain']

const isResource = (value: unknown): value is AccessChangeResource => isFields(value) && isId(value.id) && isText(value.type) && RESOURCES.includes(value.type)

function readRule(value: unknown): AccessChangeRule | undefined {
  if (!isFields(value)) return undefined
  const { name = '', enabled = true, action, protocol, ports = [], bidirectional = false, sourceResource, destinationResource } = value
  const [sources, destinations] = [idsOf(value.sources), idsOf(value.destinations)]
  if (!isText(name) || !isSwitch(enabled) || !isSwitch(bidirectional) || !isText(action) || !isText(protocol) || !sources || !destinations) return undefined
  if (!Array.isArray(ports) || !ports.every((port) => isText(port) && isPorts(port))) return undefined
  if ((sourceResource ?? undefined) !== undefined && !isResource(sourceResource)) return undefined
  if ((destinationResource ?? undefined) !== undefined && !isResource(destinationResource)) return undefined
  return {
    name,
    enabled,
    action,
    protocol,
    ports: ports as string[],
    bidirectional,
    sources,
    destinations,
    ...(isResource(sourceResource) && { sourceResource: { id: sourceResource.id, type: sourceResource.type } }),
    ...(isResource(destinationResource) && { destinationResource: { id: destinationResource.id, type: destinationResource.type } }),
  }
}

function readPolicy(value: unknown): AccessChangePolicy | undefined {
  if (!isFields(value)) return undefined
  const { id, name, enabled = true } = value
  const postureChecks = idsOf(value.postureChecks)
  const rules = Array.isArray(value.rules) ? value.rules.map(readRule) : [undefined]
  if ((id !== undefined && !isId(id)) || !isText(name) || !isSwitch(enabled) || !postureChecks || !rules.every((rule) => rule !== undefined)) return undefined
  return { ...(id !== undefined && { id }), name, enabled, postureChecks, rules }
}

export const SYSTEMS = ['windows', 'darwin', 'linux', 'ios', 'android'] as const

const isVersion = (value: unknown): value is string | null | undefined => value === undefined || value === null || (isText(value) && value.length <= 50)

function readCheck(id: string, { clientVersion, osVersion, keepsOthers = true }: Fields): AccessChange | undefined {
  if (!isVersion(clientVersion) || !isSwitch(keepsOthers)) return undefined
  const start = { type: 'posture_put' as const, id, ...(clientVersion && { clientVersion }), keepsOthers }
  if (osVersion === undefined || osVersion === null) return start
  if (!isFields(osVersion)) return undefined
  const versions = SYSTEMS.map((system) => [system, osVersion[system]] as const)
  if (!versions.every(([, version]) => isVersion(version))) return undefined
  return { ...start, osVersion: Object.fromEntries(versions.filter(([, version]) => version)) }
}

function readChange(value: unknown): AccessChange | undefined {
  if (!isFields(value)) return undefined
  const { type, id, enabled } = value
  if (type === 'policy_put') {
    const policy = readPolicy(value.policy)
    return policy && { type, policy }
  }
  if (!isId(id)) return undefined
  if (type === 'policy_delete') return { type, id }
  if (type === 'policy_switch' || type === 'router_switch' || type === 'resource_switch') return isSwitch(enabled) ? { type, id, enabled } : undefined
  if (type === 'change_undo') return { type, id }
  if (type === 'posture_put') return readCheck(id, value)
  const [add, remove] = [idsOf(value.add), idsOf(value.remove)]
  return type === 'group_members' && add && remove ? { type, id, add, remove } : undefined
}

/** Changes that somebody wrote down; undefined if any of them is none that this page knows. */
export function readChanges(value: unknown): AccessChange[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_CHANGES) return undefined
  const changes = value.map(readChange)
  return changes.every((change) => change !== undefined) ? changes : undefined
}

/** As base64url of JSON. */
export function encodeChanges(changes: readonly AccessChange[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(changes))
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function decodeChanges(text: string): AccessChange[] | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
    return readChanges(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    return undefined
  }
}

/** The address of a single change, asked about at once. */
export const tryOne = (of: string, change: AccessChange): TrySearch => ({ of, changes: encodeChanges([change]), show: '1' })
