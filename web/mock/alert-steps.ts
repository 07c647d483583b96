import type { Alert, BulkResult } from '../src/api/types'
import { alerts } from './alerting-data'
import { conflict, invalid, ok, problem, type Answer } from './answers'

const BECAME: Record<string, Alert['status']> = { acknowledge: 'acknowledged', suppress: 'suppressed', reopen: 'open', resolve: 'resolved' }

const me = { id: 'u', name: 'Nora Adler' }

/** One that somebody else ends whenever it is to be resolved with others. */
const TAKEN = '0193b000-0000-7000-8000-000000000003'

function many(action: string, ids: readonly string[]): BulkResult {
  const lost = ids.filter((id) => action === 'resolve' && id === TAKEN)
  return {
    done: ids.filter((id) => !(lost as readonly string[]).includes(id)),
    failed: lost.map((id) => ({ id, status: 409, title: 'Conflict', detail: 'Somebody else changed it at the same time; look at it again.' })),
  }
}

interface Body {
  alertIds?: string[]
  message?: string
  until?: string
}

/** What people do with alerts, one or many at once, and what they say of them. */
export function answerAlertSteps(method: string, path: string, body: Body): Answer | undefined {
  if (method !== 'POST') return undefined
  const bulk = /^\/api\/alerts\/(acknowledge|suppress|reopen|resolve)$/.exec(path)?.[1]
  if (bulk) return ok(many(bulk, body.alertIds ?? []))
  const [, id, act = ''] = /^\/api\/alerts\/([^/]+)\/(acknowledge|suppress|reopen|resolve|comments)$/.exec(path) ?? []
  if (id === undefined) return undefined
  const alert = alerts().find((one) => one.id === id)
  if (!alert) return problem(404, 'not-found', 'Not found', 'There is no such alert.')
  if (act !== 'comments') return ok({ ...alert, status: BECAME[act], acknowledgedBy: me, acknowledgedAt: new Date().toISOString(), ...(body.until && { suppressedUntil: body.until }) })
  const message = body.message ?? ''
  if (message === 'full') return conflict('the alert has 100 comments, as many as one may have')
  if (message === 'wrong') return invalid('/message', 'must be 1 to 1000 characters')
  return ok({ event: 'commented', at: new Date().toISOString(), by: me, message }, 201)
}
