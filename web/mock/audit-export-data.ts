import type { AuditExport, AuditExportInput } from '../src/api/types'
import { done, list, ok, problem, type Answer } from './answers'
import { before, DAY, HOUR, MINUTE } from './times'

const NORA = { id: '0193a000-0000-7000-8000-000000000001', name: 'Nora Adler' }
const JONAS = { id: '0193a000-0000-7000-8000-000000000101', name: 'Jonas Weber' }

const id = (number: number): string => `0193f400-0000-7000-8000-${String(number).padStart(12, '0')}`

const later = (milliseconds: number): string => before(-milliseconds)

const written = (number: number, format: AuditExport['format'], ago: number, more: Partial<AuditExport>): AuditExport => ({
  id: id(number),
  state: 'ready',
  format,
  filter: {},
  createdAt: before(ago),
  createdBy: NORA,
  entries: 0,
  bytes: 0,
  expiresAt: later(7 * DAY - ago),
  fileName: `audit-${before(ago).slice(0, 10)}.${format}`,
  ...more,
})

const exports = (): AuditExport[] => [
  written(5, 'jsonl', 3 * MINUTE, { state: 'running', entries: 240_000, bytes: 97_200_000 }),
  written(4, 'csv', HOUR, { entries: 18_204, bytes: 7_340_000, filter: { action: 'rule', user: JONAS.id, from: '2026-10-01T00:00:00Z' }, sha256: '5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8', finishedAt: before(58 * MINUTE) }),
  written(3, 'jsonl', 2 * DAY, { createdBy: JONAS, entries: 1_204_881, bytes: 493_000_000, sha256: 'a3c1f0e2b9d84756a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718', finishedAt: before(2 * DAY - 9 * MINUTE) }),
  written(2, 'csv', 3 * DAY, { state: 'failed', filter: { text: 'backup' }, failure: 'it would be larger than a file may be: narrow it by time', finishedAt: before(3 * DAY - HOUR) }),
  written(1, 'jsonl', 9 * DAY, { state: 'expired', createdBy: { ...JONAS, name: 'Maximiliane von Wolkenstein-Trostburg' }, entries: 90_211, bytes: 36_500_000, finishedAt: before(9 * DAY) }),
]

const STEP = 120_000

/** What the platform writes; what is asked for moves on each time that somebody looks. */
export function createAuditExports() {
  let kept: AuditExport[] | undefined
  const all = () => (kept ??= exports())

  function step(one: AuditExport): AuditExport {
    if (one.state === 'queued') return { ...one, state: 'running' }
    if (one.state !== 'running' || one.id === id(5)) return one
    const entries = one.entries + STEP
    const more = { entries, bytes: entries * 405 }
    return entries < 3 * STEP ? { ...one, ...more } : { ...one, ...more, state: 'ready', sha256: '0f'.repeat(32), finishedAt: new Date().toISOString() }
  }

  function answer(method: string, path: string, body: unknown, scenario: string): Answer | undefined {
    if (path.startsWith('/local/files/')) return { status: 200, body: 'time,user\r\n', headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${path.split('/').at(-1) ?? ''}"` } }
    const wanted = /^\/api\/audit\/exports(?:\/([^/]+))?$/.exec(path)
    if (!wanted) return undefined
    const found = all().find((one) => one.id === wanted[1])
    if (method === 'POST') {
      if (all().filter(({ state }) => state === 'queued' || state === 'running').length >= 3) return problem(409, 'conflict', 'Conflict', '3 exports are being written already: wait for one of them')
      const { format, filter } = body as AuditExportInput
      const made = written(100 + all().length, format, 0, { state: 'queued', filter: filter ?? {} })
      kept = [made, ...all()]
      return ok(made, 202)
    }
    if (wanted[1] === undefined) {
      if (scenario === 'empty') return list([])
      kept = all().map(step)
      return list(kept)
    }
    if (!found) return problem(404, 'not-found', 'Not found', 'There is no such export.')
    if (method === 'DELETE') {
      kept = all().filter((one) => one !== found)
      return done
    }
    return ok({ ...found, ...(found.state === 'ready' && { downloadUrl: `/local/files/${found.fileName}` }) })
  }

  return { answer, forget: () => (kept = undefined) }
}
