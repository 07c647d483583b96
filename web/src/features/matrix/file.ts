import { saveCsv } from '@/components/list/csv'
import { lookOf } from './looks'
import { perhapsOpen, type Place } from './places'

const number = (value: number | undefined): string => (value === undefined ? '' : String(value))

/** Every place has a row: one that was missing could be taken for closed, or for left out. */
export const COLUMNS: readonly { title: string; text: (place: Place) => string }[] = [
  { title: 'From', text: ({ from }) => from.name },
  { title: 'To', text: ({ to }) => to.name },
  { title: 'Answer', text: ({ state }) => lookOf(state).word },
  { title: 'Open', text: ({ cell }) => cell?.open.join(', ') ?? '' },
  { title: 'May be open', text: ({ cell }) => (cell ? perhapsOpen(cell).join(', ') : '') },
  { title: 'Pairs', text: ({ cell }) => number(cell?.pairs) },
  { title: 'Allowed', text: ({ cell }) => number(cell?.allowed) },
  { title: 'Not known', text: ({ cell }) => number(cell?.unknown) },
  { title: 'Drop rule', text: ({ cell }) => (cell ? (cell.drops ? 'yes' : 'no') : '') },
  { title: 'Policies (at most 5)', text: ({ cell }) => cell?.policies.map(({ id, name }) => name || id).join(', ') ?? '' },
  { title: 'From, id', text: ({ from }) => from.id },
  { title: 'To, id', text: ({ to }) => to.id },
]

export const savePlaces = (places: readonly (readonly Place[])[]): void => saveCsv('access-matrix', COLUMNS, places.flat())
