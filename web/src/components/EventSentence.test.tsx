import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Event } from '@/api/types'
import { EventSentence, eventText, targetName } from './EventSentence'

const event = (text: string, activityCode: string, meta: Record<string, string>, initiatorName = 'Nora'): Event => ({
  id: '1',
  accountId: 'a',
  timestamp: '2026-11-28T12:00:00Z',
  source: 'netbird',
  text,
  activity: '',
  activityCode,
  initiatorId: 'u1',
  initiatorName,
  initiatorEmail: '',
  targetId: 't1',
  meta,
  changes: [],
})

const POLICY = event('Policy “Laptops to servers”: rule “ssh”: ports: 443 added, by Nora', 'policy.update', { name: 'Laptops to servers' })
const GROUPED = event('Group added to peer: group “routers”, by Nora', 'peer.group.add', { group: 'routers', peer_fqdn: 'edge-07.netbird.cloud' })
const TOKEN = event('Personal access token created: “nightly”, by Nora', 'personal.access.token.create', { name: 'nightly' })
const SEEN: Event = {
  ...event('“srv-03” went offline, for 2 h', 'platform.peer.offline', { name: 'srv-03' }, ''),
  source: 'platform',
  seen: { kind: 'peer_offline', at: '2026-11-28T13:45:54Z', isOngoing: false },
}

test('a name needs no quotation marks where it stands out', () => {
  expect(eventText(POLICY)).toBe('Policy Laptops to servers: rule “ssh”: ports: 443 added, by Nora')
  expect(eventText(SEEN)).toBe('srv-03 went offline, for 2 h')
})

test('a target that the sentence does not name is named before it', () => {
  expect(eventText(GROUPED)).toBe('edge-07.netbird.cloud: Group added to peer: group “routers”, by Nora')
})

test('the name of a token is not that of the user it was made for', () => {
  expect(targetName(TOKEN)).toBeUndefined()
  expect(eventText(TOKEN)).toBe('Personal access token created: “nightly”, by Nora')
})

test('what only ends like somebody’s name is no actor', () => {
  expect(eventText(event('Peer went by', 'x', {}, ''))).toBe('Peer went by')
  expect(eventText(event('Account created', 'account.create', {}, 'Nora'))).toBe('Account created')
})

const buttons = () => screen.getAllByRole('button').map(({ textContent }) => textContent)

test('when something was seen is told to the minute, and exactly to who points at it', () => {
  const { container } = render(<EventSentence event={SEEN} />)
  expect(container.textContent).toMatch(/^srv-03 went offline, for 2 h \(.*:45(\s[AP]M)?\)$/)
  expect(container.querySelector('time')?.title).toContain(':45:54')
})

test('only names of the target and of whoever did it can be pressed', () => {
  const press = (part: string, name: string) => <button type="button">{`${part} ${name}`}</button>
  const { rerender } = render(<EventSentence event={POLICY} name={press} />)
  expect(buttons()).toEqual(['target Laptops to servers', 'initiator Nora'])
  rerender(<EventSentence event={TOKEN} name={press} />)
  expect(buttons()).toEqual(['initiator Nora'])
  rerender(<EventSentence event={SEEN} name={press} />)
  expect(buttons()).toEqual(['target srv-03'])
})
