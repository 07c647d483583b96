import { expect, test } from 'vitest'
import { readState } from './address'
import { addressOf, changeTo, viewAt } from './views'

const KEYS = { filters: [{ id: 'status' }, { id: 'group' }], sort: 'status' }
const state = (raw: Record<string, unknown>) => readState(raw, KEYS)

const NIGHT = { id: '1', name: 'Night shift', address: addressOf(state({ status: ['offline', 'unconfirmed'], search: 'srv', peer: 'opened' })) }

test('a view keeps search, filters and order, and nothing else of the address', () => {
  expect(NIGHT.address).toEqual({ status: ['offline', 'unconfirmed'], search: 'srv', sort: 'status' })
})

test('it is known again where the list shows it', () => {
  expect(viewAt([NIGHT], state({ search: 'srv', status: ['offline', 'unconfirmed'], sort: 'status' }))).toBe(NIGHT)
  expect(viewAt([NIGHT], state({ search: 'srv', status: ['offline'] }))).toBeUndefined()
  expect(viewAt([NIGHT], state({ search: 'srv', status: ['offline', 'unconfirmed'], group: 'db' }))).toBeUndefined()
})

test('what it has not is taken away', () => {
  const change = changeTo(NIGHT, state({ group: 'db', search: 'laptop', sort: '-name' }))
  expect(viewAt([NIGHT], state({ group: 'db', ...change }))).toBe(NIGHT)
  expect(change).toMatchObject({ group: undefined })
})
