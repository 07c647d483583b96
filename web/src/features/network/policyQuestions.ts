import type { Policy, PolicyRule } from '@/api/types'
import { whatItReaches, whoReaches, type AccessChoice } from '@/components/AccessMenu'
import { askedOn, writeEnd, type End } from '@/lib/accessEnds'
import { texts } from './texts'

type Side = Pick<PolicyRule, 'sources'>['sources']

/** The one that a side of a rule is about; undefined if it is about several, or about nobody. */
function only(groups: Side, resource: PolicyRule['sourceResource']): (End & { name: string }) | undefined {
  if (resource) return resource.type === 'peer' ? { kind: 'peer', id: resource.id, name: texts.policies.itsPeer } : { kind: 'resource', id: resource.id, name: texts.policies.itsResource }
  const [group, ...others] = groups
  return group && others.length === 0 ? { kind: 'group', id: group.id, name: group.name } : undefined
}

/** As many of a side's groups are asked about one by one; the others have pages of their own. */
const MOST = 3

/** Of each side of a rule, whatever it is about: what it reaches, and who reaches it. */
export function sidesOf({ accountId, rules }: Pick<Policy, 'accountId' | 'rules'>): AccessChoice[] {
  const named = (groups: Side, resource: PolicyRule['sourceResource']) => {
    const one = only(groups, resource)
    return one ? [one] : groups.slice(0, MOST).map(({ id, name }) => ({ kind: 'group' as const, id, name }))
  }
  const choices = rules.flatMap(({ sources, sourceResource, destinations, destinationResource }): AccessChoice[] => [
    ...named(destinations, destinationResource).map((end) => whoReaches(accountId, end, texts.policies.whoReaches(end))),
    ...named(sources, sourceResource)
      .filter(({ kind }) => kind !== 'resource')
      .map((end) => ({ ...whatItReaches(accountId, end), label: texts.policies.whatReaches(end) })),
  ])
  return choices.filter(({ label }, index) => choices.findIndex((other) => other.label === label) === index)
}

/** Of each rule between one and another: whether it holds, with all that other policies say. */
export function questionsOf({ accountId, rules }: Policy): AccessChoice[] {
  const questions = rules.flatMap(({ sources, sourceResource, destinations, destinationResource, protocol, ports }): AccessChoice[] => {
    const [from, to] = [only(sources, sourceResource), only(destinations, destinationResource)]
    if (!from || !to || from.kind === 'resource') return []
    const on = askedOn(protocol, ports)
    const words = [on.protocol?.toUpperCase(), on.port].filter(Boolean).join(' ')
    return [{ label: texts.policies.question({ from: from.name, to: to.name, on: words }), search: { of: accountId, from: writeEnd(from), to: writeEnd(to), ...on } }]
  })
  // Two rules may ask the same.
  return questions.filter(({ label }, index) => questions.findIndex((other) => other.label === label) === index)
}
