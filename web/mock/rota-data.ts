import type { Rota, RotaInput } from '../src/api/types'
import { conflict, done, invalid, list, ok, problem, type Answer } from './answers'
import { memberId, members } from './identity-data'
import { before, DAY, HOUR } from './times'

const nameOf = (id: string): string => members().find((member) => member.id === id)?.name ?? 'Somebody'
const GONE = '0193a000-0000-7000-8000-0000000000aa'

/** One who has left has the name of that time. */
const person = (id: string) => (id === GONE ? { id, name: 'Ingrid Solberg', absence: 'left' as const } : { id, name: nameOf(id) })

/** Monday, 8:00 UTC, of this week. */
function monday(): number {
  const now = new Date()
  const day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - ((now.getUTCDay() + 6) % 7), 8)
  return day <= now.getTime() ? day : day - 7 * DAY
}

const iso = (at: number): string => new Date(at).toISOString()

type Given = Pick<Rota, 'name' | 'every' | 'timeZone' | 'handover'> & { number: number; ids: string[]; overrides?: { hours: number; lasts: number; id: string }[] }

/** Turns one after the other, each cut where somebody stands in. */
function shifts(all: readonly string[], every: Rota['every'], overrides: Rota['overrides']): Rota['shifts'] {
  const ids = all.filter((id) => id !== GONE)
  const length = every === 'day' ? DAY : 7 * DAY
  const end = Date.now() + 28 * DAY
  const cuts = [...new Set(overrides.flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)]))]
  const made: Rota['shifts'] = []
  for (let from = monday(), turn = 0; from < end && ids.length > 0; from += length, turn++) {
    const bounds = [from, ...cuts.filter((at) => at > from && at < from + length), Math.min(from + length, end)].sort((one, other) => one - other)
    for (const [index, to] of bounds.slice(1).entries()) {
      const begins = bounds[index] ?? from
      const stands = overrides.find((one) => Date.parse(one.from) <= begins && Date.parse(one.to) > begins)
      if (to > Date.now()) made.push({ from: iso(begins), to: iso(to), user: stands?.user ?? person(ids[turn % ids.length] ?? ''), isOverride: stands !== undefined })
    }
  }
  return made
}

function rota({ number, ids, overrides = [], ...more }: Given): Rota {
  const stands = overrides.map(({ hours, lasts, id }, index) => ({ id: `0193e100-0000-7000-8000-00000000000${index}`, user: person(id), from: iso(monday() + hours * HOUR), to: iso(monday() + (hours + lasts) * HOUR) }))
  const all = shifts(ids, more.every, stands)
  return {
    id: `0193e000-0000-7000-8000-00000000000${number}`,
    startsOn: iso(monday()).slice(0, 10),
    people: ids.map(person),
    overrides: stands,
    onCall: all[0] ? { user: all[0].user } : null,
    until: all[0]?.to ?? null,
    shifts: all,
    createdAt: before(40 * DAY),
    updatedAt: before(40 * DAY),
    version: 1,
    ...more,
  }
}

export const rotas = (): Rota[] => [
  rota({
    number: 1,
    name: 'Night shift',
    every: 'week',
    timeZone: 'Europe/Berlin',
    handover: { time: '09:00', weekday: 'monday' },
    ids: [memberId(1), memberId(2), memberId(3)],
    overrides: [
      { hours: 24 * 8, lasts: 36, id: memberId(4) },
      { hours: 24 * 19, lasts: 24, id: memberId(1) },
    ],
  }),
  rota({ number: 2, name: 'Second line of the two sites, weekends too', every: 'day', timeZone: 'America/New_York', handover: { time: '03:00' }, ids: [memberId(2), GONE, memberId(1)] }),
  rota({ number: 3, name: 'Management', every: 'week', timeZone: 'UTC', handover: { time: '08:00', weekday: 'monday' }, ids: [GONE] }),
]

/** What the tenant's rotas answer. */
export function answerRotas(method: string, path: string, body: unknown, isEmpty: boolean): Answer | undefined {
  const [, id] = /^\/api\/alerts\/rotas(?:\/([^/]+))?$/.exec(path) ?? []
  if (!path.startsWith('/api/alerts/rotas')) return undefined
  const [first] = rotas()
  const given = body as RotaInput
  if (id === undefined) {
    if (method === 'GET') return list(isEmpty ? [] : rotas())
    if (given.name === 'Night shift') return invalid('/name', 'is the name of another rota')
    return ok({ ...first, name: given.name, every: given.every, handover: given.handover, people: given.people.map(person) }, 201)
  }
  const found = rotas().find((one) => one.id === id)
  if (!found) return problem(404, 'not-found', 'Not found', 'There is no such rota.')
  if (method === 'DELETE') return id === first?.id ? conflict('1 channel of the tenant use it: Whoever is on call') : done
  if (method !== 'PUT') return ok(found)
  const long = given.overrides?.findIndex(({ from, to }) => Date.parse(to) - Date.parse(from) > 90 * DAY) ?? -1
  if (long !== -1) return invalid(`/overrides/${long}/to`, 'must be at most 90 days after the start')
  const overrides = (given.overrides ?? []).map((one, index) => ({ id: one.id ?? `new-${index}`, user: person(one.userId), from: one.from, to: one.to }))
  const ids = given.people
  return ok({ ...found, name: given.name, people: ids.map(person), overrides, shifts: shifts(ids, found.every, overrides), version: found.version + 1 })
}
