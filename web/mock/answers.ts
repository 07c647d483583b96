import type { ProblemBody } from '../src/api/types'

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'never'

export const ok = (body: unknown, status = 200): Answer => ({ status, body })

export const done: Answer = { status: 204 }

export function list(items: readonly unknown[], total = items.length): Answer {
  return { status: 200, body: items, headers: { 'x-total-count': String(total) } }
}

/** A list that says nothing of how long it is. */
export const uncounted = (items: readonly unknown[]): Answer => ok(items)

/** A page of a list, and where the next one begins. */
export function page(items: readonly unknown[], path: string, query: URLSearchParams): Answer {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + Number(query.get('limit') ?? 50)
  const headers: Record<string, string> = { 'x-total-count': String(items.length), ...(end < items.length && { link: `<${path}?cursor=${end}>; rel="next"` }) }
  return { status: 200, body: items.slice(start, end), headers }
}

/** Rows of a part of a file. */
const ROWS = 20

/** A table as a file, in parts. */
export function file(names: string, rows: readonly (readonly (string | undefined)[])[], query: URLSearchParams): Answer {
  const start = Number(query.get('cursor') ?? 0)
  const end = start + ROWS
  const cell = (text = '') => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = [...(start === 0 ? [names] : []), ...rows.slice(start, end).map((row) => row.map(cell).join(','))]
  return { status: 200, body: lines.map((line) => `${line}\r\n`).join(''), headers: { 'content-type': 'text/csv', ...(end < rows.length && { link: `</api/file?cursor=${end}>; rel="next"` }) } }
}

export function problem(status: number, slug: string, title: string, detail: string, more: Partial<ProblemBody> = {}, headers: Record<string, string> = {}): Answer {
  const body = { type: `https://netbird-platform.dev/problems/${slug}`, title, status, detail, requestId: '0193c000-0000-7000-8000-00000000beef', ...more }
  return { status, body, headers: { 'content-type': 'application/problem+json', ...headers } }
}

export const invalid = (pointer: string, detail: string): Answer =>
  problem(422, 'validation', 'Not valid', 'One field is not valid.', { errors: [{ pointer, detail }] })

export const conflict = (detail: string): Answer => problem(409, 'conflict', 'Conflict', detail)

export const expired: Answer = problem(410, 'link-expired', 'Link expired', 'This link was used, or is too old.')
