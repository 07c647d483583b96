import { expect, test } from 'vitest'
import type { AlertRoute } from '@/api/types'
import { draftOf, newDraft, switched, toRequest, validate } from './routeDraft'

const route = {
  id: 'x-1',
  name: 'Night',
  enabled: true,
  matchers: { ruleIds: ['r-1'], severities: ['critical'], accountIds: ['a-1'], groupIds: ['g-1'] },
  channelIds: ['c-1'],
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  version: 2,
} as AlertRoute

test('a route is sent back as it was', () => {
  expect(validate(draftOf(route))).toEqual({})
  expect(toRequest(draftOf(route))).toEqual({ name: 'Night', enabled: true, matchers: route.matchers, channelIds: ['c-1'] })
  expect(switched(route, false).enabled).toBe(false)
})

test('groups are of one account', () => expect(toRequest({ ...draftOf(route), accountIds: ['a-1', 'a-2'] }).matchers.groupIds).toEqual([]))

test('a new one lacks a name and somebody to tell', () => expect(Object.keys(validate(newDraft()))).toEqual(['/name', '/channelIds']))

test('tells ten channels at most', () => expect(Object.keys(validate({ ...draftOf(route), channelIds: Array.from({ length: 11 }, (_, index) => `c-${index}`) }))).toEqual(['/channelIds']))
