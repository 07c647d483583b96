import type { AccessCheck, AccessReason } from '../src/api/types'
import { routes } from './access-data'
import { invalid, ok, problem, type Answer } from './answers'
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

/** Whether the one reaches the other; `port=409` and `port=503` answer so. */
export function answerCheck(query: URLSearchParams): Answer {
  const [accountId = '', from = '', to = '', protocol = 'all'] = ['accountId', 'from', 'to', 'protocol'].map((name) => query.get(name) ?? undefined)
  const port = query.get('port')
  if (accountId !== 'acc-hq' && accountId !== 'acc-field') return problem(404, 'not-found', 'Not found', 'there is no such account')
  if (from === to && from.startsWith('peer:')) return invalid('/to', 'must be another peer than the one that is asked from')
  for (const end of [from, to]) if (nameOf(end) === undefined) return problem(404, 'not-found', 'Not found', `there is no such ${end.split(':')[0] ?? ''}`)
  if (port === '409') return problem(409, 'conflict', 'Conflict', 'the account has too many rules, groups and peers to be judged together')
  if (port === '503') return problem(503, 'unavailable', 'Not available just now', 'the network is being read anew; try again after the next sync', {}, { 'retry-after': '1' })
  const told = tell(from, to, protocol, port, from.startsWith('peer:') && !to.startsWith('group:'))
  const end = (written: string) => (written === 'any' ? { type: 'any', id: 'any', name: 'every peer' } : { type: written.split(':')[0] ?? '', id: written.slice(written.indexOf(':') + 1), name: nameOf(written) ?? '' })
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
  }
  return ok(answer)
}
