import type { AccessChange, AccessChangeRule, AccessChangeResource } from '@/api/types'
import { wordsOf } from '@/lib/named'
import { plural } from '@/lib/numbers'
import { SYSTEMS } from '@/lib/tried'
import type { FoundKind, Thing } from '@/queries/found'

/** A piece of a change's sentence: words, a name that the change has itself, or a thing whose name is looked up. */
export type Part = string | { name: string } | Thing

/** As people call them. */
export const SYSTEM_WORDS: Record<(typeof SYSTEMS)[number], string> = { windows: 'Windows', darwin: 'macOS', linux: 'Linux', ios: 'iOS', android: 'Android' }

/** As many are named; the others are counted. */
const NAMED = 4

const things = (kind: FoundKind, ids: readonly string[]): Thing[] => ids.map((id) => ({ kind, id }))

/** "a, b and 3 more" */
function several(list: readonly Thing[]): Part[] {
  const rest = list.length - NAMED
  const shown: Part[] = rest > 1 ? [...list.slice(0, NAMED), `${rest} more`] : [...list]
  return shown.flatMap((part, index): Part[] => (index === 0 ? [part] : [index === shown.length - 1 ? ' and ' : ', ', part]))
}

const referred = ({ id, type }: AccessChangeResource): Thing => ({ kind: type === 'peer' ? 'peer' : 'resource', id })

const side = (groups: readonly string[], one: AccessChangeResource | null | undefined): Part[] => {
  if (one) return [referred(one)]
  return groups.length === 0 ? ['nobody'] : several(things('group', groups))
}

/** "tcp 22, 443" as people write it. */
export function serviceWords(protocol: string, ports: readonly string[]): string {
  if (protocol === 'all') return ports.length === 0 ? '' : ` on ${ports.join(', ')}`
  const name = protocol === 'netbird-ssh' ? 'NetBird SSH' : protocol.toUpperCase()
  return ` on ${[name, ports.join(', ')].filter(Boolean).join(' ')}`
}

function ruleParts({ action, sources = [], sourceResource, destinations = [], destinationResource, protocol, ports = [], bidirectional = false, enabled = true }: AccessChangeRule): Part[] {
  return [
    ...side(sources, sourceResource),
    action === 'drop' ? ' must not reach ' : ' may reach ',
    ...side(destinations, destinationResource),
    `${serviceWords(protocol, ports)}${bidirectional ? ', and back' : ''}${enabled ? '' : ' (off)'}`,
  ]
}

/** What a change is, in a sentence. */
export function partsOf(change: AccessChange): Part[] {
  switch (change.type) {
    case 'policy_switch':
      return [`Switch ${change.enabled ? 'on' : 'off'} policy `, { kind: 'policy', id: change.id }]
    case 'policy_delete':
      return ['Delete policy ', { kind: 'policy', id: change.id }]
    case 'router_switch':
      return [`Switch ${change.enabled ? 'on' : 'off'} router `, { kind: 'router', id: change.id }]
    case 'resource_switch':
      return [`Switch ${change.enabled ? 'on' : 'off'} resource `, { kind: 'resource', id: change.id }]
    case 'group_members': {
      const group: Thing = { kind: 'group', id: change.id }
      const [add, remove] = [several(things('peer', change.add ?? [])), several(things('peer', change.remove ?? []))]
      if (add.length === 0) return ['Remove ', ...remove, ' from ', group]
      return ['Add ', ...add, ' to ', group, ...(remove.length === 0 ? [] : [', and remove ', ...remove])]
    }
    case 'change_undo':
      return ['Undo: ', { kind: 'change', id: change.id }]
    case 'posture_put': {
      const { id, clientVersion, osVersion, keepsOthers = true } = change
      const versions = SYSTEMS.flatMap((system) => (osVersion?.[system] ? [`${SYSTEM_WORDS[system]} ${osVersion[system]}`] : []))
      const asks = [...(clientVersion ? [`client ${clientVersion}`] : []), ...versions]
      return ['Have posture check ', { kind: 'check', id }, ` ask for ${asks.length === 0 ? 'no version' : `${asks.join(', ')} or later`}${keepsOthers ? '' : ', and for nothing else'}`]
    }
    case 'policy_put': {
      const { id, name, enabled = true, rules, postureChecks = [] } = change.policy
      const checks = postureChecks.length
      return [
        `${id ? 'Change' : 'Add'} policy `,
        { name },
        enabled ? '' : ' (off)',
        ': ',
        ...(rules.length === 0 ? ['no rules'] : rules.flatMap((rule, index): Part[] => [index === 0 ? '' : '; ', ...ruleParts(rule)])),
        checks === 0 ? '' : `, if ${plural(checks, 'posture check')} ${checks === 1 ? 'holds' : 'hold'}`,
      ]
    }
    default:
      // A newer API may have changes that this page has never heard of.
      return [wordsOf((change as { type: string }).type)]
  }
}

export const thingsIn = (parts: readonly Part[]): Thing[] => parts.filter((part): part is Thing => typeof part === 'object' && 'kind' in part)

/** A name as far as it is known: as it is, or as it was when somebody wrote it down. */
export const nameWords = (id: string, name: string | null | undefined, was?: string): string => name ?? (name === null ? `${was ?? id} (gone)` : (was ?? '…'))

/** The sentence as plain text; `names` are those of its things, in their order. */
export function textOf(parts: readonly Part[], names: readonly (string | null | undefined)[]): string {
  let place = 0
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('name' in part) return part.name
      const name = names[place]
      place += 1
      return nameWords(part.id, name)
    })
    .join('')
}
