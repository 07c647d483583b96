import { expect, test } from 'vitest'
import { nameOf, namesOf } from './refs'

test.each([
  [{ id: 'g1', name: 'servers' }, 'servers'],
  [{ id: 'g1', name: '' }, 'g1'],
  // It is there, or may be: its list was not read.
  [{ id: 'g1' }, 'g1'],
  [{ id: 'g1', isGone: false }, 'g1'],
  [{ id: 'g1', isGone: true }, 'g1 (gone)'],
])('%j is called “%s”', (ref, name) => expect(nameOf(ref)).toBe(name))

test('a list that names only the first says how many more there are', () => {
  const refs = [{ id: 'a', name: 'vans' }, { id: 'b' }]
  expect(namesOf(refs)).toBe('vans and b')
  expect(namesOf(refs, 2)).toBe('vans and b')
  expect(namesOf(refs, 1202)).toBe('vans, b and 1,200 more')
  expect(namesOf([], 0)).toBe('')
})
