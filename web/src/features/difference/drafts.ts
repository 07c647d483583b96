import type { AccessChange, AccessChangeRule, Policy, PolicyRule } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { parseEnd, type End } from '@/lib/accessEnds'
import { isPorts, SYSTEMS, type Choice } from '@/lib/tried'
import { choiceOf } from '@/components/difference/choices'
import { texts } from './texts'

/** A rule while it is written: who and what are ends, as one field takes groups or one peer or resource. */
export interface RuleDraft {
  name: string
  enabled: boolean
  action: 'accept' | 'drop'
  from: readonly End[]
  to: readonly End[]
  /** What kind of resource an end is, which the API asks for. */
  types: Readonly<Record<string, string>>
  protocol: string
  ports: readonly string[]
  bidirectional: boolean
}

/** A change while it is written; each choice uses its own part. */
export interface ChangeDraft {
  choice: Choice
  /** Of the policy, group, router or resource. */
  id: string | undefined
  enabled: boolean
  add: readonly string[]
  remove: readonly string[]
  name: string
  checks: readonly string[]
  rules: readonly RuleDraft[]
  /** The lowest ones, of the client and of systems; empty where it asks for none. */
  versions: Readonly<Partial<Record<'client' | (typeof SYSTEMS)[number], string>>>
  keepsOthers: boolean
}

export const newRule = (): RuleDraft => ({ name: '', enabled: true, action: 'accept', from: [], to: [], types: {}, protocol: 'tcp', ports: [], bidirectional: false })

/** A draft of a choice, about something if that is known. */
export function newDraft(choice: Choice, about?: string): ChangeDraft {
  const thing = parseEnd(about, ['group', 'peer', 'resource'])
  const id = about?.slice(about.indexOf(':') + 1)
  const isPeer = choice === 'members' && thing?.kind === 'peer'
  return {
    choice,
    id: isPeer ? undefined : id,
    enabled: choice === 'new-policy',
    add: isPeer ? [thing.id] : [],
    remove: [],
    name: '',
    checks: [],
    versions: {},
    keepsOthers: true,
    rules: choice === 'new-policy' ? [{ ...newRule(), ...(thing?.kind === 'group' && { from: [thing] }) }] : [],
  }
}

const group = (id: string): End => ({ kind: 'group', id })

interface Sides {
  sources: readonly string[]
  destinations: readonly string[]
  sourceResource?: { id: string; type: string } | null | undefined
  destinationResource?: { id: string; type: string } | null | undefined
}

function sidesOf({ sources, destinations, sourceResource, destinationResource }: Sides): Pick<RuleDraft, 'from' | 'to' | 'types'> {
  const one = (ref: { id: string; type: string }): End => ({ kind: ref.type === 'peer' ? 'peer' : 'resource', id: ref.id })
  return {
    from: sourceResource ? [one(sourceResource)] : sources.map(group),
    to: destinationResource ? [one(destinationResource)] : destinations.map(group),
    types: Object.fromEntries([sourceResource, destinationResource].flatMap((ref) => (ref && ref.type !== 'peer' ? [[ref.id, ref.type]] : []))),
  }
}

const ruleDraft = ({ name = '', enabled = true, action, protocol, ports = [], bidirectional = false, sources = [], destinations = [], ...resources }: AccessChangeRule): RuleDraft => ({
  name,
  enabled,
  action: action === 'drop' ? 'drop' : 'accept',
  protocol,
  ports,
  bidirectional,
  ...sidesOf({ sources, destinations, ...resources }),
})

/** A change as its form has it. */
export function draftOf(change: AccessChange): ChangeDraft {
  if (change.type === 'policy_put') {
    const { id, name, enabled = true, postureChecks, rules } = change.policy
    return { ...newDraft(choiceOf(change)), id: id ?? undefined, name, enabled, checks: postureChecks ?? [], rules: rules.map(ruleDraft) }
  }
  const draft = { ...newDraft(choiceOf(change)), id: change.id }
  if (change.type === 'policy_delete' || change.type === 'change_undo') return draft
  if (change.type === 'posture_put') {
    const { clientVersion, osVersion, keepsOthers = true } = change
    const versions = SYSTEMS.flatMap((system) => (osVersion?.[system] ? [[system, osVersion[system]] as const] : []))
    return { ...draft, keepsOthers, versions: { ...(clientVersion && { client: clientVersion }), ...Object.fromEntries(versions) } }
  }
  return change.type === 'group_members' ? { ...draft, add: change.add ?? [], remove: change.remove ?? [] } : { ...draft, enabled: change.enabled }
}

const ids = (refs: PolicyRule['sources']): string[] => refs.map(({ id }) => id)

/** A policy as it is, to be changed. */
export const policyDraft = ({ id, name, enabled, sourcePostureChecks, rules }: Policy): ChangeDraft => ({
  ...newDraft('change-policy'),
  id,
  name,
  enabled,
  checks: sourcePostureChecks.map((check) => check.id),
  rules: rules.length === 0 ? [newRule()] : rules.map((rule) => ruleDraft({ ...rule, sources: ids(rule.sources), destinations: ids(rule.destinations) })),
})

/** Without ports there is no choice of them. */
export const hasPorts = (protocol: string): boolean => protocol !== 'all' && protocol !== 'icmp'

function wrongRule({ from, to, protocol, ports }: RuleDraft, at: string): FieldErrors {
  return {
    ...(from.length === 0 && { [`${at}/from`]: texts.wrong.from }),
    ...(to.length === 0 && { [`${at}/to`]: texts.wrong.to }),
    ...(hasPorts(protocol) && !ports.every(isPorts) && { [`${at}/ports`]: texts.wrong.ports }),
  }
}

const WHAT: Record<Exclude<Choice, 'new-policy'>, string> = {
  'switch-policy': texts.wrong.policy,
  'delete-policy': texts.wrong.policy,
  'change-policy': texts.wrong.policy,
  members: texts.wrong.group,
  'switch-router': texts.wrong.router,
  'switch-resource': texts.wrong.resource,
  'change-check': texts.wrong.check,
  undo: texts.wrong.change,
}

/** What is wrong, by field. */
export function wrong(draft: ChangeDraft): FieldErrors {
  const { choice, id, name, add, remove, rules } = draft
  if (choice !== 'new-policy' && id === undefined) return { '/id': WHAT[choice] }
  if (choice === 'members') {
    return add.length === 0 && remove.length === 0 ? { '/add': texts.wrong.peers } : add.some((peer) => remove.includes(peer)) ? { '/remove': texts.wrong.both } : {}
  }
  if (choice !== 'new-policy' && choice !== 'change-policy') return {}
  return { ...(name.trim() === '' && { '/name': texts.wrong.name }), ...Object.assign({}, ...rules.map((rule, index) => wrongRule(rule, `/rules/${index}`))) as FieldErrors }
}

function sides({ from, to, types }: RuleDraft): Pick<AccessChangeRule, 'sources' | 'destinations' | 'sourceResource' | 'destinationResource'> {
  const one = (ends: readonly End[]) => ends.find(({ kind }) => kind !== 'group')
  const ref = ({ kind, id }: End) => ({ id, type: kind === 'peer' ? 'peer' : (types[id] ?? 'host') })
  const [source, destination] = [one(from), one(to)]
  return {
    sources: source ? [] : from.map(({ id }) => id),
    destinations: destination ? [] : to.map(({ id }) => id),
    ...(source && { sourceResource: ref(source) }),
    ...(destination && { destinationResource: ref(destination) }),
  }
}

const toRule = (rule: RuleDraft): AccessChangeRule => ({
  ...(rule.name !== '' && { name: rule.name }),
  enabled: rule.enabled,
  action: rule.action,
  protocol: rule.protocol,
  ports: hasPorts(rule.protocol) ? [...rule.ports] : [],
  bidirectional: rule.bidirectional,
  ...sides(rule),
})

/** The change of a draft that nothing is wrong with. */
export function toChange({ choice, id = '', enabled, add, remove, name, checks, rules, versions, keepsOthers }: ChangeDraft): AccessChange {
  switch (choice) {
    case 'switch-policy':
      return { type: 'policy_switch', id, enabled }
    case 'delete-policy':
      return { type: 'policy_delete', id }
    case 'members':
      return { type: 'group_members', id, add: [...add], remove: [...remove] }
    case 'switch-router':
      return { type: 'router_switch', id, enabled }
    case 'switch-resource':
      return { type: 'resource_switch', id, enabled }
    case 'undo':
      return { type: 'change_undo', id }
    case 'change-check': {
      const systems = SYSTEMS.flatMap((system) => (versions[system]?.trim() ? [[system, versions[system].trim()] as const] : []))
      return { type: 'posture_put', id, ...(versions.client?.trim() && { clientVersion: versions.client.trim() }), ...(systems.length > 0 && { osVersion: Object.fromEntries(systems) }), keepsOthers }
    }
    case 'new-policy':
    case 'change-policy':
      return { type: 'policy_put', policy: { ...(choice === 'change-policy' && { id }), name: name.trim(), enabled, postureChecks: [...checks], rules: rules.map(toRule) } }
  }
}

/** The ends of a side once one more is chosen: groups, or one of another kind. */
export function withEnd(ends: readonly End[]): End[] {
  const last = ends.at(-1)
  if (!last) return []
  return last.kind === 'group' ? ends.filter(({ kind }) => kind === 'group') : [last]
}

