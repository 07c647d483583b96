import type { AccessChange, AccessDifference, AccessDifferences } from '../src/api/types'
import { file, ok, problem, type Answer } from './answers'
import { groups, peers } from './data'
import { FIELD, HQ, networks, policies } from './network-data'
import { before } from './times'

export type DifferenceWay = 'usual' | 'unchanged' | 'cut' | 'too-large' | 'read-anew'

export interface AskedDifference {
  accountId: string
  changes: AccessChange[]
  protocol?: string
  port?: number
}

type End = AccessDifference['from']

const end = (type: string, id: string): End => {
  const name =
    type === 'peer'
      ? peers().find((one) => one.id === id)?.name
      : type === 'group'
        ? groups().find((one) => one.id === id)?.name
        : networks()
            .flatMap(({ resources }) => resources)
            .find((one) => one.id === id)?.name
  return { type, id, name: name ?? id }
}

const group = (name: string): End => ({ type: 'group', id: `group-acc-hq-${name}`, name })

const difference = (from: End, to: End, services: string[], pairs: number, policy: [id: string, name: string], isCertain = true): AccessDifference => ({
  from,
  to,
  services,
  pairs,
  isCertain,
  policies: [{ id: policy[0], name: policy[1] }],
})

/** What is wrong with a change: the pointer into it, and why. */
function wrongWith(change: AccessChange): [pointer: string, detail: string] | undefined {
  const nothing = 'is not the id of anything in this account that this change applies to'
  const lookFor = (found: boolean): [string, string] | undefined => (found ? undefined : ['id', nothing])
  switch (change.type) {
    case 'policy_put':
      if (change.policy.id && !policies().some(({ id }) => id === change.policy.id)) return ['policy/id', 'is not the id of a policy of this account']
      return change.policy.name === 'refused' ? ['policy/rules/0/sources/0', 'is not a group of this account'] : undefined
    case 'policy_delete':
    case 'policy_switch':
      return lookFor(policies().some(({ id }) => id === change.id))
    case 'group_members':
      return lookFor(groups().some(({ id }) => id === change.id))
    case 'router_switch':
      return lookFor(networks().some(({ routers }) => routers.some(({ id }) => id === change.id)))
    case 'posture_put':
    case 'change_undo':
      return undefined
    case 'resource_switch':
      return lookFor(networks().some(({ resources }) => resources.some(({ id }) => id === change.id)))
  }
}

type Told = Pick<AccessDifferences, 'opened' | 'closed'>

/** What a change would do, by its kind, so that each kind of answer can be had. */
function tell(change: AccessChange, place: number): Told {
  switch (change.type) {
    case 'policy_put': {
      const { name, id, rules } = change.policy
      const sides = rules.map((rule) => {
        const from = rule.sourceResource ? end(rule.sourceResource.type === 'peer' ? 'peer' : 'resource', rule.sourceResource.id) : end('group', rule.sources?.[0] ?? '')
        const to = rule.destinationResource ? end(rule.destinationResource.type === 'peer' ? 'peer' : 'resource', rule.destinationResource.id) : end('group', rule.destinations?.[0] ?? '')
        return difference(from, to, [[rule.protocol.toUpperCase(), rule.ports?.join(', ')].filter(Boolean).join(' ')], 14, [id ?? `new-${place}`, name])
      })
      return { opened: sides, closed: [] }
    }
    case 'policy_delete':
      return { opened: [], closed: [difference(group('laptops'), group('servers'), ['TCP 22, 443'], 12, [change.id, 'Laptops to servers']), difference(group('laptops'), group('db'), ['TCP 5432'], 8, [change.id, 'Laptops to servers'], false)] }
    case 'policy_switch':
      return change.enabled
        ? { opened: [difference(group('All'), group('All'), ['everything'], 2640, [change.id, 'Default'])], closed: [] }
        : { opened: [], closed: [difference(group('contractors'), end('resource', 'wiki'), ['TCP 443'], 3, [change.id, 'Contractors to wiki'])] }
    case 'group_members':
      return {
        opened: (change.add ?? []).map((peer) => difference(end('peer', peer), group('servers'), ['TCP 22, 443', 'UDP 53'], 5, ['laptops', 'Laptops to servers'])),
        closed: (change.remove ?? []).map((peer) => difference(end('peer', peer), end('route', 'route-legacy'), ['everything'], 1, ['default', 'Default'], false)),
      }
    case 'router_switch':
      return { opened: [], closed: [difference(group('laptops'), end('resource', 'wiki'), ['TCP 443'], 9, ['wiki', 'Contractors to wiki'])] }
    case 'posture_put':
      return { opened: [], closed: [difference(group('laptops'), group('servers'), ['TCP 22'], 4, ['laptops', 'Laptops to servers'])] }
    case 'change_undo':
      return { opened: [difference(group('laptops'), group('servers'), ['TCP 443'], 12, ['laptops', 'Laptops to servers'])], closed: [] }
    case 'resource_switch':
      return { opened: [], closed: [] }
  }
}

const pairsIn = (list: readonly AccessDifference[]): number => list.reduce((sum, { pairs }) => sum + pairs, 0)

const long = ({ from, to, ...rest }: AccessDifference): AccessDifference => {
  const stretched = (one: End): End => ({ ...one, name: `${one.name}-of-the-warehouse-in-lyon-second-floor`.slice(0, 40) })
  return { ...rest, from: stretched(from), to: stretched(to) }
}

/** What would open and close; nothing is changed. */
export function answerDifference({ accountId, changes, port }: AskedDifference, scenario: string, way: DifferenceWay, query = new URLSearchParams(), isFile = false): Answer {
  const account = [HQ, FIELD].find((one) => one.accountId === accountId)
  if (scenario === 'empty' || !account) return problem(404, 'not-found', 'Not found', 'There is no such account.')
  const errors = changes.flatMap((change, index) => {
    const wrong = wrongWith(change)
    return wrong ? [{ pointer: `/changes/${index}/${wrong[0]}`, detail: wrong[1] }] : []
  })
  if (errors.length > 0) return problem(400, 'validation', 'Not valid', 'Some fields are not valid.', { errors })
  if (way === 'too-large') return problem(409, 'conflict', 'Not possible as things are', 'the account has too many rules and peers for these changes to be judged')
  if (way === 'read-anew') return problem(503, 'unavailable', 'Not available just now', 'the network is being read anew; try again after the next sync', {}, { 'retry-after': '30' })
  const told = way === 'unchanged' ? [] : changes.map(tell)
  const stretch = scenario === 'long-names' ? long : (one: AccessDifference) => one
  const [opened, closed] = [told.flatMap((one) => one.opened).map(stretch), told.flatMap((one) => one.closed).map(stretch)]
  const [more, fewer] = way === 'cut' ? [412, 1] : [0, 0]
  const body: AccessDifferences = {
    ...account,
    asOf: before(account === FIELD ? 74_000 : 12_000),
    unread: account === FIELD ? ['posture checks'] : [],
    opened: port === 1 ? [] : opened,
    closed: port === 1 ? [] : closed,
    pairsOpened: port === 1 ? 0 : pairsIn(opened) + more,
    pairsClosed: port === 1 ? 0 : pairsIn(closed) + fewer,
    omitted: { opened: more, closed: fewer },
    unchanged: port === 1 || opened.length + closed.length === 0,
  }
  return isFile ? file('what,certain,from,to,on', [...body.opened.map((one) => ['opens', one] as const), ...body.closed.map((one) => ['closes', one] as const)].map(([what, one]) => [what, one.isCertain ? 'yes' : 'unknown', one.from.name, one.to.name, one.services.join('; ')]), query) : ok(body)
}
