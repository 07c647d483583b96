import type { AuditEntry, AuditSummary, AuditVerification } from '../src/api/types'
import { invalid, ok, problem, type Answer } from './answers'
import { auditEntries, manyAuditEntries } from './audit-data'
import type { Scenario } from './server'
import { DAY } from './times'

const trail = (scenario: Scenario): AuditEntry[] => (scenario === 'empty' ? [] : scenario === 'many' ? manyAuditEntries() : auditEntries())

/** As the API narrows them. */
function narrowed(entries: readonly AuditEntry[], query: URLSearchParams): AuditEntry[] {
  const action = query.get('action')
  const text = query.get('text')?.toLowerCase() ?? ''
  const isAsked = (name: string, value: string) => (query.get(name) ?? value) === value
  return entries.filter(
    (one) =>
      isAsked('user', one.user.id) &&
      (action === null || one.action === action || one.resourceType === action) &&
      isAsked('resourceType', one.resourceType) &&
      isAsked('resourceId', one.resourceId) &&
      isAsked('session', one.sessionId ?? '') &&
      isAsked('ip', one.ip ?? '') &&
      JSON.stringify(one).toLowerCase().includes(text) &&
      one.at >= (query.get('from') ?? '') &&
      one.at < (query.get('to') ?? '9'),
  )
}

/** A part of it, and where the next one is. */
function part(entries: readonly AuditEntry[], path: string, query: URLSearchParams, usual: number) {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? usual)
  const headers: Record<string, string> = end < entries.length ? { link: `<${path}?cursor=${end}>; rel="next"` } : {}
  return { items: entries.slice(start, end), headers }
}

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

const values = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))

const NAMES = ['time', 'user', 'user id', 'action', 'resource type', 'resource id', 'address', 'client', 'session id', 'token id', 'old values', 'new values', 'id']

const cells = ({ at, user, action, resourceType, resourceId, ip, userAgent, sessionId, tokenId, oldValues, newValues, id }: AuditEntry): string[] => [at, user.name, user.id, action, resourceType, resourceId, ip ?? '', userAgent ?? '', sessionId ?? '', tokenId ?? '', values(oldValues), values(newValues), id]

function exported(entries: readonly AuditEntry[], query: URLSearchParams): Answer {
  // Short parts, so that there are some.
  const { items, headers } = part(entries, '/api/audit/export', query, 400)
  if (query.get('format') !== 'csv') return { status: 200, body: items.map((one) => `${JSON.stringify(one)}\n`).join(''), headers: { 'content-type': 'application/x-ndjson', ...headers } }
  const names = query.has('cursor') ? '' : row(NAMES)
  return { status: 200, body: names + items.map((one) => row(cells(one))).join(''), headers: { 'content-type': 'text/csv; charset=utf-8', ...headers } }
}

function counted(keys: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
}

/** So many are looked at for a summary. */
const MOST_LOOKED_AT = 600

function summed(entries: readonly AuditEntry[], query: URLSearchParams): AuditSummary {
  const to = query.get('to') ?? new Date().toISOString()
  const asked = query.get('from') ?? new Date(Date.parse(to) - 30 * DAY).toISOString()
  const inTime = narrowed(entries, new URLSearchParams([...query, ['from', asked]]))
  const looked = inTime.slice(0, MOST_LOOKED_AT)
  const isComplete = looked.length === inTime.length
  const named = new Map(looked.map(({ user: { id, name } }) => [id, name]))
  return {
    from: isComplete ? asked : (looked.at(-1)?.at ?? asked),
    to,
    total: looked.length,
    isComplete,
    byUser: counted(looked.map(({ user }) => user.id)).map(({ name: id, count }) => ({ id, name: named.get(id) ?? id, count })),
    byAction: counted(looked.map(({ action }) => action)),
    byResourceType: counted(looked.map(({ resourceType }) => resourceType)),
    byDay: counted(looked.map(({ at }) => at.slice(0, 10))).map(({ name: day, count }) => ({ day, count })).sort((one, other) => one.day.localeCompare(other.day)),
  }
}

const HASH = '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8'

/** What is wrong with the trail in some months. */
const DEFECTS: Record<string, AuditVerification['findings']> = {
  '2026-02': [
    { kind: 'altered', number: 17, entryId: auditEntries()[0]?.id ?? '', at: '2026-02-03T09:14:07.120Z' },
    { kind: 'missing', number: 18, entryId: '0199e7a0-0000-7000-8000-0000000000d1', at: '2026-02-03T09:15:11.020Z' },
    { kind: 'broken-chain', number: 23, entryId: '0199e7a0-0000-7000-8000-0000000000d2', at: '2026-02-07T22:01:59.999Z' },
  ],
}

function verified(month: string, entries: number): AuditVerification {
  const findings = DEFECTS[month] ?? []
  const unsealed = month === '2026-03' ? entries - 5 : 0
  const sealed = entries - unsealed - findings.filter(({ kind }) => kind === 'altered').length
  const verdict = findings.length > 0 ? 'broken' : unsealed > 0 ? 'unsealed' : 'intact'
  const head = entries > 0 ? { number: sealed, hash: HASH, at: `${month}-28T23:59:12.004Z` } : undefined
  return { month, verdict, entries, sealed, waiting: 0, unsealed, findings, omittedFindings: findings.length > 0 ? 4 : 0, ...(head && { head }) }
}

/** The audit trail: listed, exported, summed up and verified. A text may make one of them fail. */
export function answerAudit(route: string, query: URLSearchParams, scenario: Scenario): Answer | undefined {
  if (!route.startsWith('GET /api/audit/')) return undefined
  const text = query.get('text')
  if (text === '' || (text !== null && Array.from(text).length > 200)) return invalid('/text', 'must be 1 to 200 characters')
  const broken = problem(500, 'internal', 'Internal error', 'The database did not answer.')
  switch (route) {
    case 'GET /api/audit/logs': {
      const { items, headers } = part(narrowed(trail(scenario), query), '/api/audit/logs', query, 50)
      return { status: 200, body: items, headers }
    }
    case 'GET /api/audit/export':
      return text === 'unsaved' ? broken : exported(narrowed(trail(scenario), query), query)
    case 'GET /api/audit/summary':
      if (text === 'uncounted') return 'never'
      return text === 'unsummed' ? broken : ok(summed(trail(scenario), query))
    case 'GET /api/audit/seals':
      return { status: 200, body: narrowed(trail(scenario), query).map(({ id }, nth) => `${JSON.stringify({ number: nth + 1, entry: id })}\n`).join(''), headers: { 'content-type': 'application/x-ndjson' } }
    case 'GET /api/audit/verify': {
      const month = query.get('month') ?? new Date().toISOString().slice(0, 7)
      if (month === '2026-04') return 'never'
      return month === '2026-05' ? broken : ok(verified(month, month < '2026-01' ? 0 : trail(scenario).length))
    }
  }
  return undefined
}
