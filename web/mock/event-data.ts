import type { Event } from '../src/api/types'
import { list, uncounted, type Answer } from './answers'
import { before, HOUR, MINUTE } from './times'

type Told = Pick<Event, 'text' | 'activity' | 'activityCode' | 'meta' | 'initiatorName' | 'targetId'> & { changes?: Event['changes'] }

const TOLD: readonly Told[] = [
  { text: 'Peer added: “laptop-11”, by support', activity: 'Peer added', activityCode: 'user.peer.add', meta: { name: 'laptop-11', fqdn: 'laptop-11.netbird.cloud' }, initiatorName: 'support', targetId: 'peer-11' },
  { text: 'Peer SSH server enabled: “srv-04”, by netadmin', activity: 'Peer SSH server enabled', activityCode: 'peer.ssh.enable', meta: { name: 'srv-04' }, initiatorName: 'netadmin', targetId: 'peer-4' },
  {
    text: 'Policy “laptops to servers”: rule “ssh”: ports: 443 added, by admin',
    activity: 'Policy updated',
    activityCode: 'policy.update',
    meta: { name: 'laptops to servers' },
    initiatorName: 'admin',
    targetId: 'policy-1',
    changes: [{ id: 'acc-hq_1_0_0', resource: 'policies', kind: 'updated', itemId: 'laptops', itemName: 'laptops to servers', sentences: ['Policy “laptops to servers”: rule “ssh”: ports: 443 added'] }],
  },
  { text: 'Group added to peer: group “routers”, by admin', activity: 'Group added to peer', activityCode: 'peer.group.add', meta: { peer_fqdn: 'edge-07', group: 'routers' }, initiatorName: 'admin', targetId: 'peer-7' },
  { text: 'Setup key created: “laptops”, by netadmin', activity: 'Setup key created', activityCode: 'setupkey.add', meta: { name: 'laptops' }, initiatorName: 'netadmin', targetId: 'key-1' },
  { text: 'Peer login expired: “laptop-17”', activity: 'Peer login expired', activityCode: 'peer.login.expire', meta: { name: 'laptop-17' }, initiatorName: '', targetId: 'peer-17' },
]

const fromNetbird = (): Event[] =>
  Array.from({ length: 7 }, () => TOLD)
    .flat()
    .slice(0, 40)
    .map((told, index) => ({
      changes: [],
      ...told,
      id: String(900 - index),
      accountId: index % 6 === 5 ? 'acc-field' : 'acc-hq',
      timestamp: before((index * index * 3 + 2) * MINUTE),
      source: 'netbird' as const,
      initiatorId: told.initiatorName && `user-${told.initiatorName}`,
      initiatorEmail: told.initiatorName && `${told.initiatorName}@acme.example`,
    }))

const seen = (number: number, ago: number, code: string, [activity, text]: readonly [string, string], [targetId, name]: readonly [string, string], more: { seen?: Omit<NonNullable<Event['seen']>, 'at'>; changes?: Event['changes'] }): Event => ({
  id: `0193f800-0000-7000-8000-${String(number).padStart(12, '0')}`,
  accountId: 'acc-hq',
  timestamp: before(ago),
  source: 'platform',
  text,
  activity,
  activityCode: `platform.${code}`,
  initiatorId: '',
  initiatorName: '',
  initiatorEmail: '',
  targetId,
  meta: name === '' ? {} : { name },
  changes: more.changes ?? [],
  // Seen up to a minute later.
  ...(more.seen && { seen: { ...more.seen, at: before(ago + 23_000) } }),
})

const NOBODY = ['', ''] as const

const fromPlatform = (): Event[] => [
  seen(1, 7 * MINUTE, 'peer.offline', ['Peer went offline', '“router-02” went offline, and has not come back'], ['peer-2', 'router-02'], { seen: { kind: 'peer_offline', isOngoing: true } }),
  seen(2, 40 * MINUTE, 'peer.flap', ['Peer reconnected', '“laptop-17” went offline and came back between two syncs'], ['peer-17', 'laptop-17'], { seen: { kind: 'peer_flap', isOngoing: false } }),
  seen(3, 2 * HOUR, 'routes.deleted', ['Configuration deleted', 'Route “legacy” deleted'], ['routes-legacy', 'legacy'], {
    changes: [{ id: 'acc-hq_4_0_0', resource: 'routes', kind: 'deleted', itemId: 'routes-legacy', itemName: 'legacy', sentences: ['Route “legacy” deleted'] }],
  }),
  seen(4, 3 * HOUR, 'peer.online', ['Peer came online', '“srv-03” came back after 2 h'], ['peer-3', 'srv-03'], { seen: { kind: 'peer_online', isOngoing: false, since: before(5 * HOUR) } }),
  seen(5, 5 * HOUR, 'peer.offline', ['Peer went offline', '“srv-03” went offline, for 2 h'], ['peer-3', 'srv-03'], { seen: { kind: 'peer_offline', isOngoing: false, until: before(3 * HOUR) } }),
  seen(6, 9 * HOUR, 'peer.unconfirmed', ['Peer did not come back after a restart', '“edge-07” did not come back after the management server restarted'], ['peer-7', 'edge-07'], { seen: { kind: 'peer_unconfirmed', isOngoing: true } }),
  seen(7, 9 * HOUR + MINUTE, 'server.restart', ['The management server restarted', 'The management server restarted: 51 peers came back, 1 not yet'], NOBODY, { seen: { kind: 'server_restarted', isOngoing: false, reconnected: 51, missing: 1 } }),
  seen(8, 11 * HOUR, 'account.unread', ['The account was not read', 'The account was not read, for 1 h 38 min: what happened then is seen late'], NOBODY, { seen: { kind: 'account_unread', isOngoing: false, until: before(11 * HOUR) } }),
]

export const events = (): Event[] => [...fromNetbird(), ...fromPlatform()].sort((one, other) => other.timestamp.localeCompare(one.timestamp))

/** As the API narrows one account's log: it counts NetBird's alone, and only where nothing else narrows them. */
export function answerEvents(all: readonly Event[], query: URLSearchParams): Answer {
  const log = all.filter(({ accountId }) => accountId === (query.get('accountId') ?? 'acc-hq'))
  if (query.get('source') === 'netbird' && !['search', 'activityCode', 'initiatorId', 'targetId', 'from', 'to'].some((name) => query.has(name))) return list(log.filter(({ source }) => source === 'netbird'))
  const search = (query.get('search') ?? '').toLowerCase()
  const codes = query.get('activityCode')?.split(',')
  const isAsked = (name: string, value: string) => (query.get(name) ?? value) === value
  return uncounted(
    log.filter(
      ({ source, text, activityCode, initiatorId, initiatorName, initiatorEmail, targetId, timestamp, meta }) =>
        [text, activityCode, initiatorName, initiatorEmail, ...Object.values(meta)].some((one) => one.toLowerCase().includes(search)) &&
        isAsked('source', source) &&
        (!codes || codes.some((code) => activityCode === code || activityCode.startsWith(`${code}.`))) &&
        isAsked('initiatorId', initiatorId) &&
        isAsked('targetId', targetId) &&
        timestamp >= (query.get('from') ?? '') &&
        timestamp < (query.get('to') ?? '9'),
    ),
  )
}
