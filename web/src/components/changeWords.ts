import { CircleMinus, CirclePlus, Ellipsis, EyeOff, PencilLine, type LucideIcon } from 'lucide-react'
import type { Change } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named, wordsOf } from '@/lib/named'
import { grouped } from '@/lib/numbers'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const KINDS: Record<Change['kind'], Look> = {
  created: { tone: 'ok', icon: CirclePlus, word: 'Created' },
  updated: { tone: 'info', icon: PencilLine, word: 'Changed' },
  deleted: { tone: 'bad', icon: CircleMinus, word: 'Deleted' },
  omitted: { tone: 'muted', icon: Ellipsis, word: 'More changes' },
  uncompared: { tone: 'warn', icon: EyeOff, word: 'Not compared' },
}

export const kindLook = (kind: string): Look => named<Look>(KINDS, kind, (word) => ({ tone: 'muted', icon: PencilLine, word }))

export const KIND_OPTIONS = Object.entries(KINDS).map(([value, { word, icon }]) => ({ value, label: word, icon }))

const RESOURCES: Record<Change['resource'], string> = {
  groups: 'Group',
  users: 'User',
  policies: 'Policy',
  networks: 'Network',
  network_resources: 'Network resource',
  network_routers: 'Network router',
  routes: 'Route',
  posture_checks: 'Posture check',
  nameserver_groups: 'Nameserver group',
  dns_settings: 'DNS settings',
  setup_keys: 'Setup key',
  settings: 'Account settings',
}

export const resourceWord = (resource: string): string => named(RESOURCES, resource, (word) => word)

export const RESOURCE_OPTIONS = Object.entries(RESOURCES).map(([value, label]) => ({ value, label }))

/** "sourcePostureChecks" is "source posture checks"; what only looks like a field's name is a thing's, and stays. */
const fieldWords = (field: string): string => (/^[a-z]+([A-Z][a-z]+)+$/.test(field) ? field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : field)

/** "rules.ssh.ports" as people say it: "Rules › ssh › ports" */
export const pathWords = (path: string): string => wordsOf(path.split('.').map(fieldWords).join(' › '))

/** What a field was or is. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  if (value === true) return 'on'
  if (value === false) return 'off'
  if (typeof value === 'number') return grouped(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Who did it, as far as NetBird says. */
export function actorWords(by: Change['by']): string | undefined {
  if (!by) return undefined
  return by.name || by.email || (by.id === '' ? 'NetBird' : by.id)
}
