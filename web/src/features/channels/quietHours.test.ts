import { expect, test } from 'vitest'
import { daysWords, newQuietHours, quietErrors, quietWords, WEEKDAYS } from './quietHours'

test('new ones are every night, except critical', () => {
  expect(quietWords(newQuietHours())).toBe('Quiet 22:00–07:00, except critical')
  expect(quietErrors(newQuietHours())).toEqual({})
  expect(quietErrors(null)).toEqual({})
})

test.each([
  [[...WEEKDAYS], ''],
  [['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], 'Mon–Fri'],
  [['saturday', 'sunday'], 'Sat and Sun'],
  [['monday', 'wednesday', 'thursday'], 'Mon, Wed and Thu'],
  [['tuesday'], 'Tue'],
] as const)('%j are %s', (days, words) => expect(daysWords(days)).toBe(words))

test('several are told one after the other', () => {
  const quiet = { timeZone: 'UTC', windows: [{ weekdays: WEEKDAYS.slice(0, 5), from: '18:00', to: '08:00' }, { weekdays: ['saturday' as const], from: '00:00', to: '00:00' }], exceptSeverities: [] }
  expect(quietWords(quiet)).toBe('Quiet Mon–Fri 18:00–08:00; Sat all day')
})

test('what is missing is said at its field', () => {
  expect(Object.keys(quietErrors({ timeZone: 'UTC', windows: [{ weekdays: [], from: '', to: '7' }], exceptSeverities: [] }))).toEqual(['/quietHours/windows/0/weekdays', '/quietHours/windows/0/from', '/quietHours/windows/0/to'])
  expect(Object.keys(quietErrors({ timeZone: 'UTC', windows: [], exceptSeverities: [] }))).toEqual(['/quietHours/windows'])
})
