import { expect, test } from 'vitest'
import { columnsOf, linesOf, partTitle } from './parts'

const part = (value: string, total: number | null, isOther = false) => ({ by: 'os' as const, value, isOther, points: [{ time: '2026-11-28T00:00:00Z', total, online: total === null ? null : total - 1, accounts: total === null ? 0 : 1 }] })

test('a part is called by what its peers have in common', () => {
  expect(partTitle({ by: 'os', value: 'Debian 12', isOther: false })).toBe('Debian 12')
  expect(partTitle({ by: 'group', value: '', isOther: false })).toBe('No group')
  expect(partTitle({ by: 'version', value: '', isOther: false })).toBe('Unknown version')
  expect(partTitle({ by: 'country', value: '', isOther: true })).toBe('Other')
  expect(partTitle({ by: 'country', value: 'DE', isOther: false })).toBe('Germany')
  expect(partTitle({ by: 'country', value: 'Atlantis', isOther: false })).toBe('Atlantis')
})

test('what is not known is a gap, and no two parts look alike', () => {
  const parts = [...Array.from({ length: 10 }, (_, index) => part(`system ${index}`, index + 1)), part('', 3, true)]
  const lines = linesOf(parts, 'online')
  expect(lines.map(({ values }) => values[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2])
  expect(new Set(lines.map(({ tone, pen }) => `${tone} ${pen}`)).size).toBe(11)
  expect(new Set(lines.map(({ tone, hatch }) => `${tone} ${hatch}`)).size).toBe(11)
  expect(linesOf([part('a', null)], 'total')[0]?.values).toEqual([null])
})

test('a value that is called like the others is another column', () => {
  expect(columnsOf([part('other', 1), part('', 2, true)], 'total').map(({ id, title }) => [id, title])).toEqual([
    ['value other', 'other'],
    ['other', 'Other'],
  ])
})
