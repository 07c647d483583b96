import { expect, test } from 'vitest'
import type { NetbirdSettings } from '@/api/types'
import { settingsInWords } from './settingsInWords'

const saying = (settings: NetbirdSettings['settings'], more: Partial<NetbirdSettings> = {}) =>
  settingsInWords({ id: 'n', accountId: 'a', accountName: 'HQ', domain: '', settings, ...more }).flatMap(({ said }) => said.map(({ text, isLax }) => (isLax ? `! ${text}` : text)))

test('what a server does not tell is not said', () => {
  expect(saying({ jwtAllowGroups: [] })).toEqual([])
})

test('lengths of time are in words', () => {
  expect(saying({ peerLoginExpirationEnabled: true, peerLoginExpiration: 86_400, peerInactivityExpirationEnabled: true, peerInactivityExpiration: 600, jwtAllowGroups: [] })).toEqual([
    'Logins of peers expire after 1 d',
    'Peers that were away for 10 min must sign in again',
  ])
})

test('what lets in more than it could is marked', () => {
  const open = { peerLoginExpirationEnabled: false, peerApprovalEnabled: false, userApprovalRequired: false, localAuthDisabled: false, localMfaEnabled: false, jwtAllowGroups: [] }
  expect(saying(open)).toEqual([
    '! Logins of peers never expire',
    'Users may sign in with a password of NetBird’s own',
    '! Passwords of NetBird’s own need no second factor',
    '! New peers need no approval',
    '! New users need no approval',
  ])
  const shut = { peerLoginExpirationEnabled: true, peerApprovalEnabled: true, userApprovalRequired: true, localAuthDisabled: true, localMfaEnabled: false, jwtGroupsEnabled: true, jwtAllowGroups: ['staff', 'ops'] }
  expect(saying(shut)).toEqual([
    'Logins of peers expire after a while',
    'Signing in with a NetBird password is turned off',
    'New peers wait for approval',
    'New users wait for approval',
    'Only users in staff or ops at the identity provider may sign in',
    'Groups come from the tokens of the identity provider',
  ])
})

test.each([false, null, undefined])('allowed groups shut nobody out while groups are not taken from tokens (%s)', (jwtGroupsEnabled) => {
  const said = saying({ jwtAllowGroups: ['staff'], ...(jwtGroupsEnabled !== undefined && { jwtGroupsEnabled }) })
  expect(said).toContain('! Allowed groups are set, but not applied: groups are not taken from tokens')
  expect(said.join()).not.toContain('may sign in')
})

test('groups without managed DNS, also those without a name', () => {
  const disabledManagementGroups = [{ id: 'g1', name: 'servers' }, { id: 'g2' }]
  expect(saying({ jwtAllowGroups: [] }, { dnsSettings: { disabledManagementGroups, disabledManagementGroupsCount: 2 } })).toEqual(['NetBird does not manage DNS on peers of servers and g2'])
  expect(saying({ jwtAllowGroups: [] }, { dnsSettings: { disabledManagementGroups, disabledManagementGroupsCount: 14 } })).toEqual(['NetBird does not manage DNS on peers of servers, g2 and 12 more'])
  expect(saying({ jwtAllowGroups: [] }, { dnsSettings: { disabledManagementGroups: [], disabledManagementGroupsCount: 0 } })).toEqual(['NetBird manages DNS on all peers'])
})

test('a version of clients that is none of the words', () => {
  expect(saying({ autoUpdateVersion: '0.60.1', jwtAllowGroups: [] })).toEqual(['Clients update themselves to version 0.60.1'])
  expect(saying({ autoUpdateVersion: 'disabled', jwtAllowGroups: [] })).toEqual(['Clients do not update themselves'])
})
