// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import type { AuditEntry, UserProfile } from '@/api/types'
import { placeOf, resourceName } from './Resource'

const reader = { id: 'me', permissions: ['rules:read', 'users:read', 'accounts:read'] } as unknown as UserProfile

const entry = (action: string, more: Partial<AuditEntry> = {}): AuditEntry => ({ id: 'e', at: '', action, resourceType: action.split('.')[0] ?? '', resourceId: 'r-1', user: { id: 'other', name: 'Other' }, ...more })

describe('where a resource is looked at', () => {
  test.each([
    ['a rule', entry('rule.update'), { to: '/rules/$ruleId', params: { ruleId: 'r-1' } }],
    ['a channel', entry('channel.send-test'), { to: '/channels/$channelId', params: { channelId: 'r-1' } }],
    ['a route of alerts', entry('route.update'), { to: '/routing/$routeId', params: { routeId: 'r-1' } }],
    ['an account, at its row', entry('account.update'), { to: '/settings/accounts', hash: 'r-1' }],
    ['a member, by what the entry calls them', entry('member.update', { newValues: { email: 'jo@acme.example' } }), { to: '/settings/members', search: { search: 'jo@acme.example' } }],
    ['one’s own session', entry('session.create', { user: { id: 'me', name: 'Me' } }), { to: '/settings/sessions' }],
    ['somebody else’s', entry('session.create'), undefined],
    ['a sign-in that was refused', entry('session.refuse', { user: { id: 'me', name: 'Me' } }), undefined],
    ['what is gone', entry('rule.delete'), undefined],
    ['a route that is gone', entry('route.delete'), undefined],
    ['what one may not see', entry('alert.resolve'), undefined],
    ['what only a newer server knows', entry('moon.land'), undefined],
  ])('%s', (_, one, place) => expect(placeOf(one, reader)).toEqual(place))
})

test('a resource is called what it is called now, else what it was', () => {
  expect(resourceName({ oldValues: { name: 'Acme' }, newValues: { name: 'Acme Networks' } })).toBe('Acme Networks')
  expect(resourceName({ oldValues: { email: 'jo@acme.example' } })).toBe('jo@acme.example')
  expect(resourceName({ newValues: { operation: 'deleteRule', reason: 'forbidden' } })).toBe('deleteRule')
  expect(resourceName({ newValues: { name: 7 } })).toBeUndefined()
  expect(resourceName({ newValues: 'text' })).toBeUndefined()
})
