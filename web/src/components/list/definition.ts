import type { ComponentType, ReactNode } from 'react'
import type { Tone } from '../ui/Badge'
import type { LucideIcon } from 'lucide-react'
import type { Column, NameColumn } from './columns'

/** A value that a list can be narrowed to. */
export interface Option {
  value: string
  label: string
  tone?: Tone
  icon?: LucideIcon
  /** How many rows have it, where that is known. */
  count?: number | undefined
}

/** One way to narrow a list, and the parameter of the address that says to what. */
export interface Filter<T> {
  id: string
  title: string
  /** More than one value may be chosen; the rows with any of them are listed. */
  several?: boolean
  /** Where the values are known beforehand. */
  options?: readonly Option[]
  /** Where they have to be asked for, those with what is typed in them at least; called while its picker is open. Undefined until they are there. */
  useOptions?: (typed: string) => readonly Option[] | undefined
  /** It is chosen elsewhere on the page: it belongs to a saved view, and narrows nothing by itself. */
  elsewhere?: boolean
  /** Also takes a text that is none of the values: they are suggestions. */
  open?: boolean
  /** Which texts it takes, where that is not any, and what they are like. */
  takes?: { fits: (text: string) => boolean; words: string }
  /** Makes values that cannot be listed, below those that are. */
  Maker?: ComponentType<{ value: string | undefined; onChoose: (value: string) => void }>
  /** A row's values, in a list that is loaded whole. */
  of?: (item: T) => readonly string[]
  /** A value in words, where its option does not say it. */
  word?: (value: string) => string
}

/** A file's column that is none on screen. */
export interface FileColumn<T> {
  title: string
  text: (item: T) => string
}

/** All that tells one list from another: table, cards, filters and file are made of it. */
export interface ListDefinition<T> {
  /** Names it among the preferences, and its saved files. */
  id: string
  label: string
  /** One of its rows, in a sentence. */
  one: string
  many?: string
  idOf: (item: T) => string
  name: NameColumn<T>
  columns: readonly Column<T>[]
  /** What a file has beside the columns. */
  more?: readonly FileColumn<T>[]
  /** Its page saves all of it: what is loaded is no file of its own. */
  savedElsewhere?: boolean
  /** What can be done with a row, at its end; on a card beside its text, below it, or not at all. */
  actions?: { width: number; cell: (item: T) => ReactNode; card?: 'beside' | 'below' }
  /** Stands below a row, over its whole width. */
  detail?: (item: T) => ReactNode
  /** For short lists: all rows are in the page, each with the height of what is in it. */
  ownHeights?: boolean
  /** Lines that a name may take on a card; one is cut where it ends. */
  nameLines?: 1 | 2
  filters?: readonly Filter<T>[]
  /** What its search says it looks into; without it the list has no search. */
  searches?: string
  /** Most letters that its search takes. */
  longestSearch?: number
  sort?: string
}
