import type { ReactNode } from 'react'

/**
 * A column of a list. The table and, on a phone, the cards are made of the same ones.
 */
export interface Column<T> {
  id: string
  title: string
  /** The least width in pixels at which it says something; it goes before it is narrower. */
  width: number
  /** Which columns go first when there is no room: those of the smallest number. The names of rows never go. */
  priority: number
  /** What the address, and the API where it does so, sorts by. */
  sort?: string
  /** What it is sorted by in a list that is loaded whole. */
  by?: (item: T) => string | number
  /** Sorted by the largest first, on a phone, where there is one order each. */
  newestFirst?: boolean
  /** It stands before the name. */
  leads?: boolean
  /** Where a card has it: beside the name, below it, or at the end of that line; else nowhere. */
  card?: 'beside' | 'below' | 'end'
  /** A card has its title before it, where it says nothing without. */
  labelled?: boolean
  cell: (item: T, row: { gone: boolean }) => ReactNode
  /** As a saved file has it. */
  text?: (item: T) => string
}

/** The column that names a row, which takes what is left. */
export interface NameColumn<T> extends Omit<Column<T>, 'width' | 'priority'> {
  /** The text, by which its width is judged. */
  text: (item: T) => string
  /** So many letters are whole before any other column has room: 40, if not fewer because the other columns tell as much. */
  letters?: number
  /** It has room for as many even where names are shorter: its second line needs it. */
  fewest?: number
  /** A second line, quieter. */
  below?: (item: T) => ReactNode
}

/** Of a name in semibold, on average and in a wide font. */
const LETTER = 8.8
const PADDING = 24
/** A longer name is cut, with the whole of it on hover. */
const LONGEST_NAME = 40
const SHORTEST_NAME = 12

/** What the longest of these names needs, in pixels. */
export function nameWidth(names: readonly string[], letters = LONGEST_NAME, fewest = SHORTEST_NAME): number {
  const longest = names.reduce((most, name) => Math.max(most, name.length), fewest)
  return Math.ceil(Math.min(longest, letters) * LETTER + PADDING)
}

/** Which columns fit beside names of a width: the most important ones, in their own order. */
export function fitColumns<T>(columns: readonly Column<T>[], available: number, name: number): Column<T>[] {
  let left = available - name
  const kept = new Set<Column<T>>()
  for (const column of [...columns].sort((one, other) => other.priority - one.priority)) {
    // One that does not fit ends it: a lesser column is not there where a greater one is not.
    if (column.width > left) break
    left -= column.width
    kept.add(column)
  }
  return columns.filter((column) => kept.has(column))
}
