import { expect, test } from 'vitest'
import { ALL_PAGES } from '../pages'
import { fairly, finds } from './match'

test.each([
  ['', 'Overview', true],
  ['alert', 'Alerts', true],
  ['rule new', 'New rule', true],
  ['muller', 'Müller', true],
  // One slip: a letter missing, too many, wrong, or two swapped.
  ['alrts', 'Alerts', true],
  ['allerts', 'Alerts', true],
  ['slerts', 'Alerts', true],
  ['evnets', 'Events', true],
  ['memebr', 'Members', true],
  ['sign', 'Design', true],
  ['rles', 'Rules', true],
  // Too short to forgive, or more than one slip.
  ['rle', 'Rules', false],
  ['xlxrts', 'Alerts', false],
  ['out', 'Rules', false],
])('“%s” and “%s”: %s', (typed, label, found) => {
  expect(finds(typed, label)).toBe(found)
})

test.each([
  ['audit', 'Audit trail'],
  ['log', 'Audit trail'],
  ['who did', 'Audit trail'],
  ['invit', 'Members'],
  ['acknowledge', 'Alerts'],
])('“%s” finds the page “%s” by its other words', (typed, title) => {
  expect(ALL_PAGES.filter((page) => finds(typed, page.title, page.words)).map((page) => page.title)).toContain(title)
})

test('and no other page', () => {
  expect(finds('dark', 'Members', ['invite'])).toBe(false)
})

test('of too many commands each group keeps its first', () => {
  const of = (group: string, count: number) => Array.from({ length: count }, (_, index) => ({ group, id: `${group}${index}` }))
  const all = [...of('Pages', 40), ...of('Rules', 2), ...of('Actions', 9)]
  const shown = fairly(all, 30)
  expect(shown.map(({ id }) => id)).toEqual([...of('Pages', 19), ...of('Rules', 2), ...of('Actions', 9)].map(({ id }) => id))
  expect(fairly(all, 100)).toEqual(all)
})
