import { expect, test } from 'vitest'
import type { Use } from '@/api/types'
import { unreadUses, usersByKind, waysOf } from './uses'

const servers = { id: 'g1', name: 'servers' }

const used = (kind: string, as: string[], more: Partial<Use> = {}): Use => ({ kind, id: 'x', name: 'x', as, ...more }) as Use

const said = (thing: Parameters<typeof waysOf>[0], use: Use) => waysOf(thing, use.kind, use).map(({ as, through }) => (through ? through.text.replace('{as}', as).replace('{group}', through.group.name) : as))

test('users come kind by kind, each once with all its ways', () => {
  const kinds = usersByKind([used('relay', ['member']), used('route', ['distribution']), used('policy', ['source']), used('policy', ['destination'], { group: servers }), used('policy', ['source'], { id: 'y', isOn: false })])
  expect(kinds.map(({ kind, look: { title } }) => [kind, title])).toEqual([
    ['policy', 'Policies'],
    ['route', 'Routes'],
    // A kind that only a newer API knows.
    ['relay', 'Relay'],
  ])
  expect(kinds[0]?.users).toEqual([
    { id: 'x', name: 'x', ways: [{ as: ['source'] }, { as: ['destination'], group: servers }] },
    { id: 'y', name: 'x', isOn: false, ways: [{ as: ['source'] }] },
  ])
})

test('what there is one of has no id', () => {
  const [kind] = usersByKind([{ kind: 'dns-settings', name: '', as: ['dns-management-off'] }])
  expect(kind?.users).toEqual([{ id: '', name: '', ways: [{ as: ['dns-management-off'] }] }])
})

test('a group is used in the places that it stands in', () => {
  expect(said('group', used('policy', ['source', 'destination']))).toEqual(['source and destination'])
  expect(said('group', used('network-resource', ['member']))).toEqual(['is in it'])
  expect(said('group', used('route', ['routing-peer', 'distribution', 'access-control']))).toEqual(['routed by its peers, for its peers and policies name it for what is behind the route'])
  expect(said('group', used('setup-key', ['auto-group']))).toEqual(['puts peers into it'])
  expect(said('group', used('relay', ['last-resort']))).toEqual(['last resort'])
})

test('a peer is used itself, and as a member of its groups', () => {
  expect(said('peer', used('route', ['routing-peer']))).toEqual(['routed by it'])
  expect(said('peer', used('policy', ['source', 'destination'], { group: servers }))).toEqual(['source and destination, as a member of servers'])
  expect(said('peer', used('nameserver', ['distribution'], { group: servers }))).toEqual(['for it, as a member of servers'])
  // The group stands there, its members do not.
  expect(said('peer', used('network-resource', ['member'], { group: servers }))).toEqual(['in servers, too'])
  expect(said('peer', used('setup-key', ['auto-group'], { group: servers }))).toEqual(['puts peers into servers'])
  expect(said('peer', used('route', ['distribution', 'access-control'], { group: servers }))).toEqual(['for it, as a member of servers', 'policies name servers for what is behind the route'])
})

test('policies and networks, checks and users', () => {
  expect(said('network', used('policy', ['policy']))).toEqual(['about its resources'])
  expect(said('policy', used('network', ['policy']))).toEqual(['the policy is about its resources'])
  expect(said('posture-check', used('policy', ['posture-check']))).toEqual(['its sources must pass it'])
  expect(said('user', used('peer', ['owner']))).toEqual(['belongs to them'])
})

test('uses that are not known are told', () => {
  expect(unreadUses([])).toBeUndefined()
  expect(unreadUses(['posture checks', 'setup keys'])).toBe('Posture checks and setup keys could not be read: what names it there is not known.')
})
