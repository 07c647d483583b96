import type { ProblemBody } from '../src/api/types'

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'never'

export const ok = (body: unknown, status = 200): Answer => ({ status, body })

export const done: Answer = { status: 204 }

export function list(items: readonly unknown[], total = items.length): Answer {
  return { status: 200, body: items, headers: { 'x-total-count': String(total) } }
}

export function problem(status: number, slug: string, title: string, detail: string, more: Partial<ProblemBody> = {}, headers: Record<string, string> = {}): Answer {
  const body = { type: `https://netbird-platform.dev/problems/${slug}`, title, status, detail, requestId: '0193c000-0000-7000-8000-00000000beef', ...more }
  return { status, body, headers: { 'content-type': 'application/problem+json', ...headers } }
}

export const invalid = (pointer: string, detail: string): Answer =>
  problem(422, 'validation', 'Not valid', 'One field is not valid.', { errors: [{ pointer, detail }] })
