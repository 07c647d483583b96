import { expect, test } from 'vitest'
import { changedKind, changesOf, isItemKind, ITEMS, type ItemKind } from './kinds'

test('changes lead to the page of what changed, and back', () => {
  expect(changedKind('nameserver_groups')).toBe('nameserver')
  expect(changedKind('dns_settings')).toBeUndefined()
  for (const kind of Object.keys(ITEMS) as ItemKind[]) {
    const resource = changesOf(kind)
    // Of peers no changes are noted.
    expect(resource && changedKind(resource)).toBe(kind === 'peer' ? undefined : kind)
  }
})

test('what only a newer API knows has no page', () => {
  expect(isItemKind('setup-key')).toBe(true)
  expect(isItemKind('relay-server')).toBe(false)
  expect(isItemKind('toString')).toBe(false)
})
