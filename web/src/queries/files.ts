import { expectData, nextCursor } from '@/api/client'
import { patiently } from './client'

interface Answer {
  data?: unknown
  error?: unknown
  response: Response
}

/** What is asked for as a file. */
export const CSV = { headers: { accept: 'text/csv' }, parseAs: 'blob' } as const

/** A whole file, read part by part: one after the other they are the file, byte by byte. */
export async function parts(ask: (cursor: string | undefined) => Promise<Answer>, signal: AbortSignal): Promise<Blob[]> {
  const all: Blob[] = []
  let cursor: string | undefined
  do {
    const { part, next } = await patiently(async () => {
      const answer = await ask(cursor)
      return { part: expectData(answer as Answer & { data?: Blob }), next: nextCursor(answer.response.headers.get('link')) }
    }, signal)
    all.push(part)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return all
}

export type ReadFile = (signal: AbortSignal) => Promise<Blob[]>

/** A list as the server gives it, all of it. */
export const fileOf =
  (ask: (cursor: string | undefined, csv: typeof CSV & { signal: AbortSignal }) => Promise<Answer>): ReadFile =>
  (signal) =>
    parts((cursor) => ask(cursor, { ...CSV, signal }), signal)
