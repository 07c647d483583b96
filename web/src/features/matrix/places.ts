import type { AccessMatrix, AccessMatrixCell, AccessMatrixGroup } from '@/api/types'
import { lookOf, STATES } from './looks'
import { texts } from './texts'

/** What is so of two groups: what the answer says, or why it says nothing. */
export type State = AccessMatrixCell['verdict'] | 'nothing' | 'nobody' | 'omitted'

/** One place of the matrix: who opens connections, and who is reached. */
export interface Place {
  from: AccessMatrixGroup
  to: AccessMatrixGroup
  cell: AccessMatrixCell | undefined
  state: State
}

/** Nobody is paired with themselves. */
const hasNoPair = (from: AccessMatrixGroup, to: AccessMatrixGroup): boolean => from.peers === 0 || to.peers === 0 || (from.id === to.id && from.peers === 1)

/**
 * Every place, row by row. The answer leaves out two groups between which nothing is open. Where it was cut short, what comes after
 * its last cell may be anything: that is not known to be closed.
 */
export function placesOf({ groups, cells, omittedCells }: Pick<AccessMatrix, 'groups' | 'cells' | 'omittedCells'>): readonly (readonly Place[])[] {
  const known = new Map<string, Map<string, AccessMatrixCell>>(groups.map(({ id }) => [id, new Map()]))
  for (const cell of cells) known.get(cell.from)?.set(cell.to, cell)
  const order = new Map(groups.map(({ id }, place) => [id, place]))
  const last = cells.at(-1)
  const lastPlace = last === undefined ? -1 : (order.get(last.from) ?? 0) * groups.length + (order.get(last.to) ?? 0)
  return groups.map((from, row) =>
    groups.map((to, column) => {
      const cell = known.get(from.id)?.get(to.id)
      const isCut = omittedCells > 0 && row * groups.length + column > lastPlace
      return { from, to, cell, state: cell ? cell.verdict : hasNoPair(from, to) ? 'nobody' : isCut ? 'omitted' : 'nothing' }
    }),
  )
}

/** Those from and to groups with these texts in their names. */
export function narrowed(places: readonly (readonly Place[])[], rows = '', columns = ''): readonly (readonly Place[])[] {
  if (rows === '' && columns === '') return places
  const [inFrom, inTo] = [rows.toLowerCase(), columns.toLowerCase()]
  return places
    .filter(([place]) => place?.from.name.toLowerCase().includes(inFrom))
    .map((row) => row.filter(({ to }) => to.name.toLowerCase().includes(inTo)))
    .filter((row) => row.length > 0)
}

/** How many places are in each state, those in none left out. */
export function countStates(places: readonly (readonly Place[])[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { state } of places.flat()) counts.set(state, (counts.get(state) ?? 0) + 1)
  const unheardOf = [...counts.keys()].filter((state) => !STATES.some((one) => one === state))
  return [...STATES, ...unheardOf].flatMap((state) => {
    const count = counts.get(state)
    return count === undefined ? [] : [[state, count] as const]
  })
}


/** What may be open beside what is for sure. */
export const perhapsOpen = ({ open, mayBeOpen }: Pick<AccessMatrixCell, 'open' | 'mayBeOpen'>): string[] => mayBeOpen.filter((one) => !open.includes(one))

/** A place in one breath, for whoever hears it. */
export function inWords({ from, to, cell, state }: Place): string {
  const ends = { from: from.name, to: to.name, state: lookOf(state).word }
  return cell ? texts.cell.inWords({ ...ends, pairs: cell, open: cell.open, perhaps: perhapsOpen(cell), drops: cell.drops }) : texts.cell.inWordsEmpty(ends)
}
