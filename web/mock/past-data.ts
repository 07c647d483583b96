import type { RuleHistoryTest, TestRuleHistory } from '../src/api/types'
import { invalid, ok, problem, type Answer } from './answers'
import { before, DAY, HOUR, MINUTE } from './times'

const hq = { accountId: 'acc-hq', accountName: 'HQ' }
const field = { accountId: 'acc-field', accountName: 'Field' }

const past = (): RuleHistoryTest => ({
  sentence: 'When any peer of routers is offline for 3 min, open an alert.',
  from: before(7 * DAY),
  to: before(0),
  alerts: [
    { ...hq, openedAt: before(10 * MINUTE), resolvedAt: null, title: 'router-02 is offline', peers: 1, told: true },
    { ...hq, openedAt: before(DAY + 4 * HOUR), resolvedAt: before(DAY + 3 * HOUR + 40 * MINUTE), title: 'router-02 and srv-03 are offline', peers: 2, told: true },
    { ...field, openedAt: before(3 * DAY + HOUR), resolvedAt: before(2 * DAY + 12 * HOUR), title: 'the-edge-router-of-the-site-in-the-far-north-of-the-country is offline', peers: 1, told: true },
    { ...hq, openedAt: before(7 * DAY), resolvedAt: before(6 * DAY + 20 * HOUR), title: 'old-printer is offline', peers: 1, told: false },
  ],
  omitted: 0,
  messages: 7,
  gaps: [
    { ...hq, from: before(5 * DAY), to: before(4 * DAY + 20 * HOUR) },
    { ...hq, from: before(2 * DAY), to: before(2 * DAY - 25 * MINUTE) },
  ],
  removedPeers: 3,
})

/** What a rule would have told: much of peers, nothing of their number, too much of events, and no answer of the field. */
export function answerPast({ conditionType, accountId }: TestRuleHistory): Answer {
  if (accountId === 'acc-field') return problem(503, 'unavailable', 'Not available just now', 'The database did not answer in time. Try again in a moment.')
  switch (conditionType) {
    case 'peer_offline':
      return ok(past())
    case 'peer_count':
      return ok({ ...past(), alerts: [], messages: 0, gaps: [], removedPeers: 0 })
    case 'peer_flapping':
      return ok({
        ...past(),
        sentence: 'When any peer of the network comes or goes 6 times or more within 1 h, open an alert.',
        alerts: [{ ...hq, openedAt: before(2 * DAY), resolvedAt: before(2 * DAY - 90 * MINUTE), title: 'router-02 is flapping', peers: 1, told: true }],
        messages: 2,
      })
    case 'network_event':
      return ok({ ...past(), omitted: 1204, messages: 2416, stoppedAt: before(2 * DAY) })
    default:
      return invalid('/conditionType', 'looks at what is not kept of the past')
  }
}
