import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Event } from '@/api/types'
import { EventSentence, eventText, targetName } from './EventSentence'

const event = (activity: string, activityCode: string, meta: Record<string, string>, initiatorName = 'Nora'): Event => ({
  id: '1',
  accountId: 'a',
  timestamp: '2026-11-28T12:00:00Z',
  activity,
  activityCode,
  initiatorId: 'u1',
  initiatorName,
  initiatorEmail: '',
  targetId: 't1',
  meta,
})

const GROUPED = event('Group added to peer', 'peer.group.add', { group: 'routers', group_id: 'g1', peer_fqdn: 'edge-07.netbird.cloud' })
const TOKEN = event('Personal access token created', 'personal.access.token.create', { name: 'nightly' })

test('what came into a group is told of, and the group beside it', () => {
  expect(eventText(GROUPED)).toBe('edge-07.netbird.cloud: group added to peer (routers) by Nora')
})

test('a group that was made is what its event is about', () => {
  expect(eventText(event('Group created', 'group.add', { group: 'routers' }, ''))).toBe('routers: group created')
})

test('the name of a token is not that of the user it was made for', () => {
  expect(targetName(TOKEN)).toBeUndefined()
  expect(eventText(TOKEN)).toBe('nightly: personal access token created by Nora')
  expect(eventText({ ...TOKEN, meta: { name: 'nightly', user_name: 'sync' } })).toBe('sync: personal access token created (nightly) by Nora')
})

test('only names of the target and of whoever did it can be pressed', () => {
  const press = (part: string, name: string) => <button type="button">{`${part} ${name}`}</button>
  const { rerender } = render(<EventSentence event={GROUPED} name={press} />)
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['target edge-07.netbird.cloud', 'initiator Nora'])
  rerender(<EventSentence event={TOKEN} name={press} />)
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['initiator Nora'])
})
