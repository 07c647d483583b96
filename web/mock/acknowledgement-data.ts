import type { LinkedAlert } from '../src/api/types'
import { expired, invalid, ok, problem, type Answer } from './answers'
import { before, HOUR, MINUTE } from './times'

const linked = (more: Partial<LinkedAlert> = {}): LinkedAlert => ({
  title: 'router-02 is offline',
  severity: 'critical',
  status: 'open',
  accountName: 'HQ',
  since: before(7 * MINUTE),
  target: 'ops@acme.example',
  acknowledgedNow: false,
  ...more,
})

const LONG = {
  title: '12 of 14 peers of the-routing-peers-of-the-northern-district are offline: hamburg-harbour-gateway-primary-01, hamburg-harbour-gateway-secondary-02 and 10 more',
  accountName: 'Network operations of the Hanseatic Harbour and Waterways Administration',
  target: 'the-whole-night-shift-of-the-network-operations-centre@partner-with-a-long-name.example',
  severity: 'medium',
  since: before(27 * HOUR),
} as const

/** The token says by its name how things are. */
function shown(token: unknown): Answer {
  switch (token) {
    case 'waiting':
      return 'never'
    case 'broken':
      return problem(500, 'internal', 'Internal error', 'The database did not answer.')
    case 'expired':
      return expired
    case 'long':
      return ok(linked(LONG))
    case 'taken':
      return ok(linked({ status: 'acknowledged', acknowledgedAt: before(4 * MINUTE), acknowledgedBy: 'Jonas Weber' }))
    case 'used':
      return ok(linked({ status: 'acknowledged', acknowledgedAt: before(2 * MINUTE), acknowledgedBy: 'link sent to ops@acme.example' }))
    case 'resolved':
      return ok(linked({ status: 'resolved', title: 'router-02 is back online' }))
    case 'suppressed':
      return ok(linked({ status: 'suppressed' }))
    default:
      return ok(linked())
  }
}

/** What the link of a message answers. */
export function answerAcknowledgement(route: string, { token, message }: Record<string, unknown>): Answer {
  if (route.endsWith('/show')) return shown(token)
  if (token === 'late') return expired
  if (token === 'busy') return problem(429, 'rate-limited', 'Too many requests', 'Wait a moment.', {}, { 'retry-after': '30' })
  if (message === 'refused') return invalid('/message', 'must not hold control characters')
  return ok(linked({ status: 'acknowledged', acknowledgedAt: before(0), acknowledgedBy: token === 'race' ? 'Jonas Weber' : 'link sent to ops@acme.example', acknowledgedNow: token !== 'race' }))
}
