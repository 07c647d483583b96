import type { AccessChange, AccessCheck, AccessReason, AccessToChange, AccessWay } from '../src/api/types'
import { routes } from './access-data'
import { file, invalid, ok, problem, type Answer } from './answers'
import { groups, peers } from './data'
import { networks, users } from './network-data'
import { before } from './times'

type Told = Pick<AccessCheck, 'verdict' | 'extent' | 'sentence' | 'reasons' | 'open' | 'mayBeOpen' | 'counts'> & Partial<Pick<AccessCheck, 'omittedReasons' | 'unread'>>

function nameOf(end: string): string | undefined {
  const [, kind = '', id = ''] = /^(\w+):(.*)$/.exec(end) ?? []
  if (kind === 'peer') return peers().find((peer) => peer.id === id)?.name
  if (kind === 'group') return groups().find((group) => group.id === id)?.name
  if (kind === 'user') {
    const user = users().find((one) => one.id === id)
    return user && (user.name || user.email)
  }
  if (end === 'any') return 'every peer'
  if (kind === 'domain' || kind === 'address') return id
  if (kind === 'route') return routes().find((route) => route.id === id)?.networkId
  return networks().flatMap(({ resources }) => resources).find((resource) => resource.id === id)?.name
}

const reason = (kind: AccessReason['kind'], sentence: string, peersConcerned = 1, policy?: string): AccessReason => ({
  kind,
  sentence,
  peers: peersConcerned,
  ...(policy && { policyId: policy === 'Laptops to servers' ? 'laptops' : 'default', policyName: policy, rule: 0 }),
})

const many = (allowed: number, unknown: number, pairs = 40, sources = 10): AccessCheck['counts'] => ({
  sources,
  reaching: allowed === 0 ? 0 : Math.max(1, Math.round((allowed / pairs) * sources)),
  perhaps: unknown > 0 ? 2 : 0,
  targets: pairs / sources,
  pairs,
  allowed,
  denied: pairs - allowed - unknown,
  unknown,
})

const one = (verdict: AccessCheck['verdict']): AccessCheck['counts'] => {
  const is = (what: AccessCheck['verdict']) => Number(verdict === what)
  return { sources: 1, reaching: is('allowed'), perhaps: is('unknown'), targets: 1, pairs: 1, allowed: is('allowed'), denied: is('denied'), unknown: is('unknown') }
}

/** What is answered hangs on protocol and port, so that each kind of answer can be asked for. */
function tell(from: string, to: string, protocol: string, port: string | null, single: boolean): Told {
  const [f, t] = [nameOf(from) ?? from, nameOf(to) ?? to]
  const on = port === null ? (protocol === 'all' ? '' : ` on ${protocol.toUpperCase()}`) : ` on ${protocol === 'all' ? 'TCP' : protocol.toUpperCase()} ${port}`
  const lets = (what: string) => reason('allows', `Policy "Laptops to servers" lets ${f} reach ${t} on ${what}.`, 10, 'Laptops to servers')
  if (protocol === 'icmp') {
    return {
      verdict: 'unknown',
      extent: 'none',
      sentence: `Whether ${f} can reach ${t} on ICMP is not known.`,
      reasons: [
        reason('posture-unknown', `Whether ${f} passes posture check "managed devices" of policy "Laptops to servers" is not known: NetBird does not say which processes a peer runs.`, 4, 'Laptops to servers'),
        reason('awaits-approval', 'laptop-23 awaits approval: NetBird may keep others from reaching it.'),
        reason('disabled', `Policy "Default" would let All reach All, but it is off.`, 10, 'Default'),
      ],
      open: [],
      mayBeOpen: ['ICMP'],
      counts: single ? one('unknown') : many(0, 12),
      unread: ['posture checks'],
    }
  }
  if (port === '22') {
    return {
      verdict: 'denied',
      extent: 'none',
      sentence: from.startsWith('group:') ? `No peer of ${f} can reach ${t}${on}.` : `${f} cannot reach ${t}${on}.`,
      reasons: [
        reason('forbids', `Policy "No SSH to anything that holds customers’ data" forbids ${f} to reach ${t}${on}.`, 10, 'No SSH to anything that holds customers’ data'),
        reason('posture-fails', 'laptop-13 fails posture check "min-version" of policy "Laptops to servers": its client is 0.59.4, and 0.60.0 or later is asked for.', 1, 'Laptops to servers'),
        reason('away', 'laptop-03 is offline since 3 h.'),
      ],
      open: [],
      mayBeOpen: [],
      counts: single ? one('denied') : many(0, 0),
    }
  }
  if (protocol === 'udp') {
    return { verdict: 'denied', extent: 'none', sentence: `No peer of ${f} can reach ${t}${on}.`, reasons: [reason('no-policy', `No policy lets ${f} reach ${t}${on}.`, 10)], open: [], mayBeOpen: [], counts: single ? one('denied') : many(0, 0) }
  }
  if (single || port === '443') {
    const open = port === null ? ['TCP 22, 443', 'UDP 53', 'ICMP'] : [`TCP ${port}`]
    return { verdict: 'allowed', extent: 'all', sentence: single ? `${f} can reach ${t}${on}.` : `Every peer of ${f} can reach ${t}${on}.`, reasons: [lets(open.join(', '))], open, mayBeOpen: open, counts: single ? one('allowed') : many(40, 0) }
  }
  return {
    verdict: 'allowed',
    extent: 'some',
    sentence: `3 of 10 peers of ${f} can reach peers of ${t} on TCP 22, 443: 12 of 40 pairs.`,
    reasons: [
      lets('TCP 22, 443'),
      reason('posture-fails', 'laptop-13, laptop-31 and 5 more fail posture check "min-version" of policy "Laptops to servers": 0.60.0 or later is asked for.', 7, 'Laptops to servers'),
      reason('login-expired', 'laptop-17 awaits a new login: NetBird may keep others from reaching it.'),
      reason('disabled', 'Policy "Default" would let All reach All, but it is off.', 10, 'Default'),
    ],
    omittedReasons: 5,
    open: ['TCP 22, 443'],
    mayBeOpen: ['TCP 22, 443', 'UDP 53'],
    counts: many(12, 8),
  }
}

/** What leads to a domain or an address. */
function waysTo(to: string): AccessWay[] {
  const at = to.slice(to.indexOf(':') + 1)
  if (at.startsWith('8.8.') || (!to.startsWith('domain:') && !to.startsWith('address:'))) return []
  const [resource] = networks().flatMap(({ resources }) => resources)
  if (!resource) return []
  return [
    { to: { type: 'resource', id: resource.id, name: resource.name }, name: resource.name, verdict: 'allowed', sentence: `By resource ${resource.name}, ${at} can be reached on TCP 443.` },
    { to: { type: 'route', id: 'route-legacy', name: 'legacy' }, name: 'legacy', verdict: 'unknown', sentence: `Whether ${at} can be reached by route legacy is not known.` },
  ]
}

const put = (protocol: string): AccessChange => ({
  type: 'policy_put',
  policy: { name: 'Laptops to servers', enabled: true, postureChecks: [], rules: [{ name: 'Laptops to servers', enabled: true, action: 'accept', protocol, ports: [], bidirectional: false, sources: ['group-acc-hq-laptops'], destinations: ['group-acc-hq-servers'] }] },
})

/** What would turn an answer. */
function toChangeFor(verdict: AccessCheck['verdict'], accountId: string, nothingLeads: boolean): AccessToChange[] {
  const change = (...changes: AccessChange[]) => ({ change: { accountId, changes } })
  if (nothingLeads) return [{ kind: 'none', sentence: 'Nothing in this network leads there, so no policy decides about it: a resource or a route would have to be added first.' }]
  if (verdict === 'unknown') return [{ kind: 'find-out', sentence: 'Whether the posture check is passed has to be found out first: NetBird does not say which processes a peer runs.' }]
  if (verdict === 'allowed') return [{ kind: 'switch-off', sentence: 'Switch policies "Laptops to servers" and "Default" off, both of them: each lets it through by itself.', ...change({ type: 'policy_switch', id: 'laptops', enabled: false }, { type: 'policy_switch', id: 'default', enabled: false }) }]
  return [
    { kind: 'remove-drop', sentence: 'Switch policy "No SSH to anything that holds customers’ data" off: it forbids it.', policyId: 'laptops', policyName: 'No SSH to anything that holds customers’ data', rule: 0, ...change({ type: 'policy_switch', id: 'laptops', enabled: false }) },
    { kind: 'new-policy', sentence: 'Add a policy that lets laptops reach servers on TCP.', ...change(put('tcp')) },
    { kind: 'pass-posture', sentence: 'laptop-13 would have to run client 0.60.0 or later; it runs 0.59.4.', policyId: 'laptops', policyName: 'Laptops to servers', rule: 0 },
  ]
}

/** Whether the one reaches the other; `port=409` and `port=503` answer so. */
export function answerCheck(query: URLSearchParams, isFile: boolean): Answer {
  const [accountId = '', from = '', to = '', protocol = 'all'] = ['accountId', 'from', 'to', 'protocol'].map((name) => query.get(name) ?? undefined)
  const port = query.get('port')
  if (accountId !== 'acc-hq' && accountId !== 'acc-field') return problem(404, 'not-found', 'Not found', 'there is no such account')
  if (from === to && from.startsWith('peer:')) return invalid('/to', 'must be another peer than the one that is asked from')
  for (const end of [from, to]) if (nameOf(end) === undefined) return problem(404, 'not-found', 'Not found', `there is no such ${end.split(':')[0] ?? ''}`)
  if (port === '409') return problem(409, 'conflict', 'Conflict', 'the account has too many rules, groups and peers to be judged together')
  if (port === '503') return problem(503, 'unavailable', 'Not available just now', 'the network is being read anew; try again after the next sync', {}, { 'retry-after': '1' })
  const told = tell(from, to, protocol, port, from.startsWith('peer:') && !to.startsWith('group:'))
  const end = (written: string) => (written === 'any' ? { type: 'any', id: 'any', name: 'every peer' } : { type: written.split(':')[0] ?? '', id: written.slice(written.indexOf(':') + 1), name: nameOf(written) ?? '' })
  const ways = waysTo(to)
  const nothingLeads = ways.length === 0 && /^(domain|address):/.test(to)
  const answer: AccessCheck = {
    accountId,
    accountName: accountId === 'acc-hq' ? 'HQ' : 'Field',
    from: end(from),
    to: end(to),
    protocol: protocol as AccessCheck['protocol'],
    ...(port !== null && { port: Number(port) }),
    omittedReasons: 0,
    unread: [],
    asOf: before(12_000),
    ...told,
    ...(nothingLeads && {
      verdict: 'denied' as const,
      extent: 'none' as const,
      sentence: `Nothing in this network leads to ${nameOf(to) ?? ''}. NetBird decides nothing about it: a connection there goes past it.`,
      reasons: [reason('nothing-leads', `Nothing in this network leads to ${nameOf(to) ?? ''}.`)],
      open: [],
      mayBeOpen: [],
      counts: one('denied'),
    }),
    ways,
    omittedWays: ways.length > 1 ? 3 : 0,
    toChange: toChangeFor(told.verdict, accountId, nothingLeads),
  }
  return isFile ? file('from,to,verdict,open', Array.from({ length: answer.counts.pairs }, (_, pair) => [`peer-${pair + 1}`, answer.to.name, pair < answer.counts.allowed ? 'allowed' : 'denied', answer.open.join('; ')]), query) : ok(answer)
}
