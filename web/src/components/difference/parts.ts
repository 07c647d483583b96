import type { AccessChange, AccessChangePolicy, AccessChangeResource, AccessChangeRule } from '@/api/types'
import { wordsOf } from '@/lib/named'
import { listedParts } from '@/lib/numbers'
import { filled, type Pieces } from '@/lib/phrase'
import { SYSTEMS } from '@/lib/tried'
import type { FoundKind, Thing } from '@/queries/found'
import { texts } from './texts'

/** A piece of a change's sentence: words, a name that the change has itself, or a thing whose name is looked up. */
export type Part = string | { name: string } | Thing

const sentence = <const T extends string>(text: T, values: Pieces<T, Part>): Part[] => filled<T, Part>(text, values)

/** As people call them. */
export const SYSTEM_WORDS: Record<(typeof SYSTEMS)[number], string> = { windows: 'Windows', darwin: 'macOS', linux: 'Linux', ios: 'iOS', android: 'Android' }

/** As many are named; the others are counted. */
const NAMED = 4

const things = (kind: FoundKind, ids: readonly string[]): Thing[] => ids.map((id) => ({ kind, id }))

/** "a, b and 3 more" */
function several(list: readonly Thing[]): Part[] {
  const rest = list.length - NAMED
  return listedParts<Part>(rest > 1 ? [...list.slice(0, NAMED), texts.change.more({ count: rest })] : list)
}

const referred = ({ id, type }: AccessChangeResource): Thing => ({ kind: type === 'peer' ? 'peer' : 'resource', id })

const side = (groups: readonly string[], one: AccessChangeResource | null | undefined): Part[] => {
  if (one) return [referred(one)]
  return groups.length === 0 ? [texts.change.nobody] : several(things('group', groups))
}

/** "TCP 22, 443"; of everything nothing. */
function serviceWords(protocol: string, ports: readonly string[]): string {
  const name = protocol === 'all' ? '' : protocol === 'netbird-ssh' ? texts.change.ssh : protocol.toUpperCase()
  return [name, ports.join(', ')].filter(Boolean).join(' ')
}

function ruleParts({ action, sources = [], sourceResource, destinations = [], destinationResource, protocol, ports = [], bidirectional = false, enabled = true }: AccessChangeRule): Part[] {
  const service = serviceWords(protocol, ports)
  let rule = sentence(action === 'drop' ? texts.rule.drop : texts.rule.accept, { from: side(sources, sourceResource), to: side(destinations, destinationResource) })
  if (service !== '') rule = sentence(texts.rule.on, { rule, service: [service] })
  if (bidirectional) rule = sentence(texts.rule.back, { rule })
  return enabled ? rule : sentence(texts.rule.off, { rule })
}

function policyParts({ id, name, enabled = true, rules, postureChecks = [] }: AccessChangePolicy): Part[] {
  const title: Part[] = [{ name }]
  const policy = sentence(id ? texts.change.changePolicy : texts.change.addPolicy, {
    policy: enabled ? title : sentence(texts.change.off, { policy: title }),
    rules: rules.length === 0 ? [texts.change.noRules] : rules.flatMap((rule, index) => (index === 0 ? ruleParts(rule) : ['; ', ...ruleParts(rule)])),
  })
  return postureChecks.length === 0 ? policy : sentence(texts.change.ifChecks, { policy, checks: [texts.change.checks({ count: postureChecks.length })] })
}

/** What a change is, in a sentence. */
export function partsOf(change: AccessChange): Part[] {
  switch (change.type) {
    case 'policy_switch':
      return sentence(change.enabled ? texts.change.policyOn : texts.change.policyOff, { policy: [{ kind: 'policy', id: change.id }] })
    case 'policy_delete':
      return sentence(texts.change.deletePolicy, { policy: [{ kind: 'policy', id: change.id }] })
    case 'router_switch':
      return sentence(change.enabled ? texts.change.routerOn : texts.change.routerOff, { router: [{ kind: 'router', id: change.id }] })
    case 'resource_switch':
      return sentence(change.enabled ? texts.change.resourceOn : texts.change.resourceOff, { resource: [{ kind: 'resource', id: change.id }] })
    case 'group_members': {
      const group: Part[] = [{ kind: 'group', id: change.id }]
      const [added, removed] = [several(things('peer', change.add ?? [])), several(things('peer', change.remove ?? []))]
      if (added.length === 0) return sentence(texts.change.removeMembers, { removed, group })
      return removed.length === 0 ? sentence(texts.change.addMembers, { added, group }) : sentence(texts.change.changeMembers, { added, removed, group })
    }
    case 'change_undo':
      return sentence(texts.change.undo, { change: [{ kind: 'change', id: change.id }] })
    case 'posture_put': {
      const { id, clientVersion, osVersion, keepsOthers = true } = change
      const versions = SYSTEMS.flatMap((system) => (osVersion?.[system] ? [`${SYSTEM_WORDS[system]} ${osVersion[system]}`] : []))
      const asked = [...(clientVersion ? [texts.change.client({ version: clientVersion })] : []), ...versions]
      return sentence(keepsOthers ? texts.change.checkAsks : texts.change.checkAsksOnly, { check: [{ kind: 'check', id }], asked: [texts.change.versions({ asked })] })
    }
    case 'policy_put':
      return policyParts(change.policy)
    default:
      // A newer API may have changes that this page has never heard of.
      return [wordsOf((change as { type: string }).type)]
  }
}

export const thingsIn = (parts: readonly Part[]): Thing[] => parts.filter((part): part is Thing => typeof part === 'object' && 'kind' in part)

/** A name as far as it is known: as it is, or as it was when somebody wrote it down. */
export const nameWords = (id: string, name: string | null | undefined, was?: string): string => name ?? (name === null ? texts.change.gone({ name: was ?? id }) : (was ?? '…'))

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
