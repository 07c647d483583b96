import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'

/** Whether the server answers, as far as this tab has heard. */
interface Connection {
  /** Since when nothing is heard of it, in milliseconds since 1970; null while it answers. */
  lostAt: number | null
}

/** A read that is not answered within this is as good as refused: no page waits for ever. */
const READ_MS = 20_000
const PROBE_MS = 5000

export const connection = createStore<Connection>(() => ({ lostAt: null }))

export const useConnection = (): Connection => useStore(connection)

let probes: ReturnType<typeof setInterval> | undefined

function answered(): void {
  if (connection.getState().lostAt === null) return
  clearInterval(probes)
  connection.setState({ lostAt: null })
}

function lost(): void {
  if (connection.getState().lostAt !== null) return
  connection.setState({ lostAt: Date.now() })
  clearInterval(probes)
  probes = setInterval(() => void probe(), PROBE_MS)
}

/** Asks whether the server answers, and notes it. */
export async function probe(): Promise<boolean> {
  try {
    await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) })
    answered()
    return true
  } catch {
    lost()
    return false
  }
}

/** Fetches, and notes whether anything answered. */
export async function tracked(request: Request): Promise<Response> {
  const limit = request.method === 'GET' ? AbortSignal.timeout(READ_MS) : undefined
  try {
    const response = await fetch(request, limit && { signal: AbortSignal.any([request.signal, limit]) })
    answered()
    return response
  } catch (error) {
    // Who asked may have gone to another page, which says nothing about the server; but nobody gives up a time-out.
    if (!request.signal.aborted || (request.signal.reason as Error | undefined)?.name === 'TimeoutError') lost()
    throw error
  }
}

/** Takes the green off the page while nothing is heard, and tells when something is again. Returns how to stop. */
export function followConnection(onBack: () => void): () => void {
  const asked = new AbortController()
  window.addEventListener('offline', lost, asked)
  window.addEventListener('online', () => void probe(), asked)
  const stop = connection.subscribe(({ lostAt }, before) => {
    if (lostAt === null) delete document.documentElement.dataset.connection
    else document.documentElement.dataset.connection = 'lost'
    if (lostAt === null && before.lostAt !== null) onBack()
  })
  if (!navigator.onLine) lost()
  return () => {
    asked.abort()
    stop()
  }
}
