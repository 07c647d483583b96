import { expect, test } from 'vitest'
import type { RuleNotification } from '@/api/types'
import { whereTo } from './channelWords'

const config: RuleNotification = {
  email: { enabled: true, recipients: ['a@acme.example', 'b@acme.example'] },
  webhook: { enabled: true, host: 'hooks.acme.example', headers: { 'X-Team': '••••' }, secretHint: 'whsec_…q3fA' },
  slack: { enabled: true, host: 'hooks.slack.com', webhook: 'hooks.slack.com…x3Yz', channel: '#ops' },
  teams: { enabled: true, host: 'acme.logic.azure.com' },
}

test.each([
  ['email', 'a@acme.example and b@acme.example'],
  ['webhook', 'hooks.acme.example, with X-Team, signed with whsec_…q3fA'],
  ['slack', '#ops at hooks.slack.com…x3Yz'],
  ['teams', 'acme.logic.azure.com'],
  ['discord', ''],
] as const)('where %s leads', (id, words) => expect(whereTo(id, config)).toBe(words))
