import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { LiveMessage, LiveRefusal, LiveRequest } from '../src/api/types'
import { before, MINUTE } from './times'

/** How the sockets are answered. */
export type LiveWay =
  | 'usual'
  /** No socket opens. */
  | 'away'
  /** Every token is refused so. */
  | LiveRefusal

export const CLOSE_CODES: Record<LiveRefusal, number> = { malformed: 4400, unauthenticated: 4401, forbidden: 4403, 'too-late': 4408, 'too-many': 4429, 'try-again': 1013 }

type WithoutSequence<T> = T extends { sequence: number } ? Omit<T, 'sequence'> : never
export type News = WithoutSequence<Exclude<LiveMessage, { type: 'ready' }>>

/** Of messages that are kept for those who come back. */
const KEPT = 256

/** The tenant whose token it is: the mock's say it. */
export const tokenOf = (tenantId: string): string => `mock.${tenantId}`
const tenantOf = (token: string): string | undefined => /^mock\.(.+)$/.exec(token)?.[1]

/** The platform's end of the sockets: it tells what a test has it tell, and closes when a test has it close. */
export function createMockLive() {
  const sockets = new Map<WebSocket, string>()
  const log: { tenant: string; message: LiveMessage & { sequence: number } }[] = []
  let sequence = 0
  const state = {
    way: 'usual' as LiveWay,
    /** What clients said, in order. */
    heard: [] as LiveRequest[],
  }

  const say = (socket: WebSocket, message: LiveMessage) => socket.send(JSON.stringify(message))

  function refuse(socket: WebSocket, code: LiveRefusal): void {
    say(socket, { type: 'error', code, detail: `Refused: ${code}.` })
    socket.close(CLOSE_CODES[code])
  }

  function hear(socket: WebSocket, request: LiveRequest): void {
    state.heard.push(request)
    if (request.type === 'ping') {
      say(socket, { type: 'pong' })
      return
    }
    if (state.way !== 'usual' && state.way !== 'away') {
      refuse(socket, state.way)
      return
    }
    const tenant = tenantOf(request.token)
    if (tenant === undefined || (sockets.get(socket) ?? tenant) !== tenant) {
      refuse(socket, 'unauthenticated')
      return
    }
    sockets.set(socket, tenant)
    say(socket, { type: 'ready', sequence, expiresAt: before(-10 * MINUTE) })
    const { after } = request
    if (after == null) return
    const oldest = log[0]?.message.sequence ?? sequence + 1
    if (after < oldest - 1) say(socket, { type: 'reload', sequence, what: 'all' })
    else for (const kept of log) if (kept.tenant === tenant && kept.message.sequence > after) say(socket, kept.message)
  }

  const server = new WebSocketServer({ noServer: true, maxPayload: 4096 })
  server.on('connection', (socket) => {
    socket.on('message', (data) => hear(socket, JSON.parse((data as Buffer).toString()) as LiveRequest))
    socket.on('close', () => sockets.delete(socket))
  })

  return Object.assign(state, {
    /** Takes the sockets of this page on an HTTP server, and leaves others alone. */
    attach(to: EventEmitter): void {
      to.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (new URL(request.url ?? '/', 'http://mock').pathname !== '/ws') return
        if (state.way === 'away') socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
        else server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request))
      })
    },
    /** Tells everybody who is in the tenant, and keeps it for those who come back. */
    push(tenant: string, news: News): void {
      sequence += 1
      const message = { ...news, sequence } as LiveMessage & { sequence: number }
      log.push({ tenant, message })
      if (log.length > KEPT) log.shift()
      for (const [socket, of] of sockets) if (of === tenant) say(socket, message)
    },
    /** Who is connected: their tenants. */
    connected: (): string[] => [...sockets.values()],
    /** Cuts every socket as a network does, or for a reason that is said. */
    cut(code?: LiveRefusal): void {
      for (const socket of server.clients) {
        if (code === undefined) socket.terminate()
        else refuse(socket, code)
      }
    },
    /** What was told is no longer known. */
    forget: () => void log.splice(0),
  })
}
