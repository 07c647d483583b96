import { expect, test } from 'vitest'
import { chosenWords, withCounts } from './options'

const STATUS = { options: [{ value: 'on', label: 'On' }, { value: 'off', label: 'Off' }] }

test('in a list that is here whole, what no row has counts none', () => {
  expect(withCounts(STATUS, undefined, new Map([['on', 3]]), []).map(({ value, count }) => [value, count])).toEqual([['on', 3], ['off', 0]])
})

test('what is chosen can be unchosen, though nothing has it any more', () => {
  expect(withCounts({}, [{ value: 'db', label: 'db', count: 4 }], undefined, ['gone', 'db'])).toEqual([
    { value: 'db', label: 'db', count: 4 },
    { value: 'gone', label: 'gone', count: undefined },
  ])
})

test('a chip says what is chosen in words', () => {
  expect(chosenWords(STATUS, ['on', 'off', 'else'])).toBe('On, Off or else')
})
