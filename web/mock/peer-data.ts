import type { Peer, PeerDetail, PeerHistory } from '../src/api/types'
import { usesOf, type ItemWay } from './item-data'
import { before, DAY, HOUR, MINUTE } from './times'

/** A peer of the list, with the ids of its groups. */
export function peer(id: string, among: readonly Peer[], way: ItemWay): PeerDetail | undefined {
  const found = among.find((one) => one.id === id || one.name === id)
  return found && { ...found, groupRefs: found.groups.map((name) => ({ id: `group-${name}`, name })), ...usesOf('peers', way), asOf: before(MINUTE / 2) }
}

type Periods = PeerHistory['periods']

/** Ninety days: not watched for the first thirty, an hour nobody knows, an outage of a night, one of a minute, and two flaps. */
const usualPeriods = (): Periods => [
  { status: 'online', from: before(60 * DAY), to: before(5 * DAY) },
  { status: 'unknown', from: before(5 * DAY), to: before(5 * DAY - HOUR) },
  { status: 'online', from: before(5 * DAY - HOUR), to: before(3 * DAY) },
  { status: 'offline', from: before(3 * DAY), to: before(3 * DAY - 9 * HOUR) },
  { status: 'online', from: before(3 * DAY - 9 * HOUR), to: before(DAY) },
  { status: 'offline', from: before(DAY), to: before(DAY - MINUTE) },
  { status: 'unconfirmed', from: before(DAY - MINUTE), to: before(DAY - 20 * MINUTE) },
  { status: 'online', from: before(DAY - 20 * MINUTE), to: before(0) },
]

/** Of those that an alert is about: one that is away, and one that came back. */
const PERIODS: Record<string, () => Periods> = {
  'peer-0': () => [
    { status: 'online', from: before(60 * DAY), to: before(40 * MINUTE) },
    { status: 'unknown', from: before(40 * MINUTE), to: before(33 * MINUTE) },
    { status: 'online', from: before(33 * MINUTE), to: before(10 * MINUTE) },
    { status: 'offline', from: before(10 * MINUTE), to: before(0) },
  ],
  'peer-55': () => [
    { status: 'online', from: before(60 * DAY), to: before(2 * DAY + 4 * HOUR) },
    { status: 'offline', from: before(2 * DAY + 4 * HOUR), to: before(2 * DAY + 2 * HOUR) },
    { status: 'online', from: before(2 * DAY + 2 * HOUR), to: before(0) },
  ],
}

/** What a peer did: in ninety days, or in the span that is asked for. */
export const history = (peerId: string, asked: { from?: string | null; to?: string | null } = {}): PeerHistory => {
  const from = asked.from ?? before(90 * DAY)
  const to = [asked.to ?? before(0), before(0)].sort()[0] ?? before(0)
  const periods = (PERIODS[peerId] ?? usualPeriods)()
    .filter((period) => period.to > from && period.from < to)
    .map((period) => ({ ...period, from: period.from > from ? period.from : from, to: period.to < to ? period.to : to }))
  const window = (days: number, offline: number, unknown: number, watched = days * 86_400) => {
    const unconfirmed = 19 * 60
    const online = watched - offline - unknown - unconfirmed
    return { days, online, offline, unconfirmed, unknown, watched, ratio: online / (watched - unknown) }
  }
  return {
    peerId,
    accountId: 'acc-hq',
    from,
    to,
    watchedFrom: before(60 * DAY),
    readUntil: before(MINUTE / 2),
    periods,
    flaps: [
      { at: before(2 * DAY), kind: 'away' },
      { at: before(20 * DAY), kind: 'away' },
    ],
    uptime: [window(1, 60, 0), window(7, 32_460, 3_600), window(30, 32_460, 3_600), window(90, 32_460, 3_600, 60 * 86_400)],
    limits: { periods: 1000, flaps: 1000, logEntries: 20_000 },
    omitted: { periods: 0, flaps: 0 },
  }
}
