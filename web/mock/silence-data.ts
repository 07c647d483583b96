import type { PreviewSilence, Silence, SilenceInput, SilencePreview } from '../src/api/types'
import { rules } from './alerting-data'
import { done, invalid, list, ok, problem, type Answer } from './answers'
import { before, DAY, HOUR } from './times'
import { RULES } from './rule-ids'

const BY = { id: '0193a000-0000-7000-8000-000000000001', name: 'Nora Adler' }

const window = (hours: number, lasts: number, words: string): Silence['windows'][number] => ({ startsAt: before(-hours * HOUR), endsAt: before(-(hours + lasts) * HOUR), words })

const NOTHING: Silence['matchers'] = { ruleIds: [], severities: [], accountIds: [], groupIds: [], peerIds: [], everything: false }

const silence = (number: number, more: Partial<Silence>): Silence => ({
  id: `0193f000-0000-7000-8000-00000000000${number}`,
  name: '',
  comment: '',
  matchers: NOTHING,
  named: [],
  startsAt: before(2 * DAY),
  endsAt: before(-5 * DAY),
  enabled: true,
  status: 'active',
  mutes: '',
  when: 'From 2026-11-21 22:00 UTC to 2026-11-28 22:00 UTC',
  windows: [],
  createdAt: before(2 * DAY),
  createdBy: BY,
  updatedAt: before(2 * DAY),
  version: 1,
  ...more,
})

export const silences = (): Silence[] => [
  silence(1, {
    name: 'Core switches are updated',
    comment: 'Call the data centre before anything else is unplugged.',
    matchers: { ...NOTHING, ruleIds: [RULES.router], accountIds: ['acc-hq'] },
    recurrence: { days: ['monday', 'friday'], from: '22:00', minutes: 240, timeZone: 'Europe/Berlin' },
    endsAt: before(-32 * DAY),
    status: 'scheduled',
    mutes: 'Alerts of Routing peer down in HQ',
    when: 'Every Monday and Friday from 22:00 for 4 h (Europe/Berlin), until 2026-12-31 23:00 CET',
    windows: [window(9, 4, 'Mon 2026-11-23 22:00 to Tue 2026-11-24 02:00 CET'), window(105, 4, 'Fri 2026-11-27 22:00 to Sat 2026-11-28 02:00 CET'), window(177, 4, 'Mon 2026-11-30 22:00 to Tue 2026-12-01 02:00 CET')],
  }),
  silence(2, {
    name: 'The Lyon site moves',
    matchers: { ...NOTHING, severities: ['low', 'medium'], accountIds: ['acc-field'], groupIds: ['grp-edge'], peerIds: ['peer-lyon-1', 'peer-lyon-2'] },
    named: [
      { kind: 'peer', id: 'peer-lyon-1', name: 'lyon-01', nameNow: 'lyon-gw', isGone: false },
      { kind: 'peer', id: 'peer-lyon-2', name: 'lyon-02', isGone: true },
      { kind: 'group', id: 'grp-edge', name: 'edge', isGone: false },
    ],
    mutes: 'Medium and low alerts in Field, only about lyon-01, lyon-02 and the group edge',
    windows: [window(-48, 168, 'Sat 2026-11-21 22:00 to Sat 2026-11-28 22:00 UTC')],
  }),
  silence(3, { name: 'Load test', enabled: false, status: 'off', matchers: { ...NOTHING, everything: true }, mutes: 'All alerts', windows: [window(20, 2, 'Tue 2026-11-24 08:00 to 10:00 UTC')] }),
  silence(4, { name: 'Certificates are renewed', status: 'ended', endsAt: before(DAY), matchers: { ...NOTHING, ruleIds: [RULES.gone] }, mutes: 'Alerts of a deleted rule' }),
]

function preview({ matchers, recurrence }: PreviewSilence): SilencePreview {
  const isNamed = (named: readonly string[] | null | undefined, value: string) => !named || named.length === 0 || named.includes(value)
  const muted = rules().filter(({ id, severity, enabled }) => enabled && (matchers.everything === true || (isNamed(matchers.ruleIds, id) && isNamed(matchers.severities, severity))))
  const [first] = silences()
  return {
    mutes: matchers.everything ? 'All alerts' : 'Alerts of what is chosen',
    when: recurrence ? (first?.when ?? '') : 'From 2026-11-23 13:00 UTC to 2026-11-23 15:00 UTC',
    windows: recurrence ? (first?.windows ?? []) : [window(0, 2, 'Mon 2026-11-23 13:00 to 15:00 UTC')],
    rules: muted.map(({ id, name, severity }) => ({ ruleId: id, ruleName: name, severity, isBuiltIn: false, accounts: 2, accountNames: ['HQ', 'Field'] })),
    ...((matchers.peerIds ?? []).length + (matchers.groupIds ?? []).length > 0 && { peers: { total: 7, names: ['db-01', 'db-02', 'router-01', 'router-02', 'web-01'] } }),
    pairs: 2 * muted.length,
    alerts: [{ id: '0193b000-0000-7000-8000-000000000003', title: 'router-02 is offline', severity: 'critical', status: 'open', ruleName: 'Routing peer down', accountName: 'HQ' }],
    alertsTotal: 1,
  }
}

/** What silences answer. */
export function answerSilences(method: string, path: string, body: unknown, isEmpty: boolean): Answer | undefined {
  const [, id, act] = /^\/api\/alerts\/silences(?:\/([^/]+))?(?:\/(end))?$/.exec(path) ?? []
  if (!path.startsWith('/api/alerts/silences')) return undefined
  if (id === 'preview') return ok(preview(body as PreviewSilence))
  const [first] = silences()
  if (id === undefined) {
    if (method === 'GET') return list(isEmpty ? [] : silences())
    const created = body as SilenceInput
    if (created.name === 'taken') return invalid('/endsAt', 'must be in the future')
    return ok({ ...first, name: created.name }, 201)
  }
  const found = silences().find((one) => one.id === id)
  if (!found) return problem(404, 'not-found', 'Not found', 'There is no such silence.')
  if (method === 'DELETE') return done
  if (act === 'end') return ok({ ...found, status: 'ended', windows: [], endsAt: before(0), version: found.version + 1 })
  return ok(method === 'PUT' ? { ...found, name: (body as SilenceInput).name, version: found.version + 1 } : found)
}
