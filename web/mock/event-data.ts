import type { Event } from '../src/api/types'
import { list, uncounted, type Answer } from './answers'
import { before, MINUTE } from './times'

type Seen = Pick<Event, 'activity' | 'activityCode' | 'meta' | 'initiatorName' | 'targetId'>

const SEEN: readonly Seen[] = [
  { activity: 'Peer added', activityCode: 'user.peer.add', meta: { name: 'laptop-11', fqdn: 'laptop-11.netbird.cloud' }, initiatorName: 'support', targetId: 'peer-11' },
  { activity: 'Peer SSH server enabled', activityCode: 'peer.ssh.enable', meta: { name: 'srv-04' }, initiatorName: 'netadmin', targetId: 'peer-4' },
  { activity: 'Policy updated', activityCode: 'policy.update', meta: { name: 'laptops to servers' }, initiatorName: 'admin', targetId: 'policy-1' },
  { activity: 'Group added to peer', activityCode: 'peer.group.add', meta: { peer_fqdn: 'edge-07', group: 'routers' }, initiatorName: 'admin', targetId: 'peer-7' },
  { activity: 'Setup key created', activityCode: 'setupkey.add', meta: { name: 'laptops' }, initiatorName: 'netadmin', targetId: 'key-1' },
  { activity: 'Peer login expired', activityCode: 'peer.login.expire', meta: { name: 'laptop-17' }, initiatorName: '', targetId: 'peer-17' },
]

export const events = (): Event[] =>
  Array.from({ length: 7 }, () => SEEN)
    .flat()
    .slice(0, 40)
    .map((seen, index) => ({
      ...seen,
      id: String(900 - index),
      accountId: index % 6 === 5 ? 'acc-field' : 'acc-hq',
      timestamp: before((index * index * 3 + 2) * MINUTE),
      initiatorId: seen.initiatorName && `user-${seen.initiatorName}`,
      initiatorEmail: seen.initiatorName && `${seen.initiatorName}@acme.example`,
    }))

/** As the API narrows one account's log, which it does not count then. */
export function answerEvents(all: readonly Event[], query: URLSearchParams): Answer {
  const log = all.filter(({ accountId }) => accountId === (query.get('accountId') ?? 'acc-hq'))
  if (!['search', 'activityCode', 'initiatorId', 'targetId', 'from', 'to'].some((name) => query.has(name))) return list(log)
  const search = (query.get('search') ?? '').toLowerCase()
  const codes = query.get('activityCode')?.split(',')
  const isAsked = (name: string, value: string) => (query.get(name) ?? value) === value
  return uncounted(
    log.filter(
      ({ activity, activityCode, initiatorId, initiatorName, initiatorEmail, targetId, timestamp, meta }) =>
        [activity, activityCode, initiatorName, initiatorEmail, ...Object.values(meta)].some((text) => text.toLowerCase().includes(search)) &&
        (!codes || codes.some((code) => activityCode === code || activityCode.startsWith(`${code}.`))) &&
        isAsked('initiatorId', initiatorId) &&
        isAsked('targetId', targetId) &&
        timestamp >= (query.get('from') ?? '') &&
        timestamp < (query.get('to') ?? '9'),
    ),
  )
}
