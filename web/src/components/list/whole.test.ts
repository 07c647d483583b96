import { expect, test } from 'vitest'
import type { ListState } from './address'
import type { ListDefinition } from './definition'
import { arrange, countValues } from './whole'

interface Machine {
  name: string
  state: string
  groups: string[]
  uses: number
}

const MACHINES: Machine[] = [
  { name: 'srv-10', state: 'on', groups: ['db', 'servers'], uses: 3 },
  { name: 'srv-9', state: 'off', groups: ['servers'], uses: 12 },
  { name: 'Büro', state: 'on', groups: [], uses: 3 },
]

const LIST: Pick<ListDefinition<Machine>, 'name' | 'columns' | 'filters'> = {
  name: { id: 'name', title: 'Name', sort: 'name', by: ({ name }) => name, text: ({ name }) => name, cell: () => null },
  columns: [{ id: 'uses', title: 'Uses', width: 1, priority: 1, sort: 'uses', by: ({ uses }) => uses, text: ({ uses }) => String(uses), cell: () => null }],
  filters: [
    { id: 'state', title: 'State', of: ({ state }) => [state] },
    { id: 'group', title: 'Group', several: true, of: ({ groups }) => groups },
  ],
}

const at = (state: Partial<ListState>): ListState => ({ search: '', sort: undefined, filters: {}, ...state })
const names = (state: Partial<ListState>) => arrange(MACHINES, LIST, at(state)).map(({ name }) => name)

test('as the server sent them until somebody sorts them', () => {
  expect(names({})).toEqual(['srv-10', 'srv-9', 'Büro'])
})

test('numbers in names count as numbers, and equal rows keep their order both ways', () => {
  expect(names({ sort: 'name' })).toEqual(['Büro', 'srv-9', 'srv-10'])
  expect(names({ sort: '-uses' })).toEqual(['srv-9', 'srv-10', 'Büro'])
  expect(names({ sort: 'uses' })).toEqual(['srv-10', 'Büro', 'srv-9'])
})

test('each word is found somewhere in the row, with or without its marks', () => {
  expect(names({ search: 'buro' })).toEqual(['Büro'])
  expect(names({ search: 'srv 12' })).toEqual(['srv-9'])
})

test('any of the values of one filter, and all of the filters', () => {
  expect(names({ filters: { group: ['db', 'servers'] } })).toEqual(['srv-10', 'srv-9'])
  expect(names({ filters: { group: ['db', 'servers'], state: ['off'] } })).toEqual(['srv-9'])
})

test('a value counts the rows that the other filters leave', () => {
  expect(countValues(MACHINES, LIST, at({ filters: { state: ['on'] } }), 'group')).toEqual(new Map([['db', 1], ['servers', 1]]))
  expect(countValues(MACHINES, LIST, at({ filters: { state: ['on'] } }), 'state')).toEqual(new Map([['on', 2], ['off', 1]]))
})
