import type { Alert } from '@/api/types'

export type LiveRefusal = 'malformed' | 'unauthenticated' | 'forbidden' | 'too-late' | 'too-many' | 'try-again'
export type LiveRequest = { type: 'auth'; token: string; after?: number } | { type: 'ping' }
export type LiveMessage =
  | { type: 'ready'; sequence: number; expiresAt: string }
  | { type: 'alert_triggered'; sequence: number; alert: Alert }
  | { type: 'alert_updated'; sequence: number; alert: Alert }
  | { type: 'peer_status_changed'; sequence: number; accountId: string; changes: { peerId: string; status: string }[] }
  | { type: 'sync_completed'; sequence: number; accountId: string; at: string; isHealthy: boolean }
  | { type: 'reload'; sequence: number; what: 'alerts' | 'peers' | 'all'; accountId?: string }
  | { type: 'error'; code: LiveRefusal; detail: string }
  | { type: 'pong' }
