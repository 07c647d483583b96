import { download } from '@/lib/download'
import type { Column } from './columns'

/** A spreadsheet runs what begins like a formula, and names come from whoever set up a machine. */
const FORMULA = /^[=+\-@\t\r]/

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

type Telling<T> = Pick<Column<T>, 'title' | 'text'>

/** Rows as comma-separated values (RFC 4180), a column each for those that have a text. */
export function csvOf<T>(columns: readonly Telling<T>[], items: readonly T[]): string {
  const telling = columns.filter(({ text }) => text !== undefined)
  const rows = [telling.map(({ title }) => title), ...items.map((item) => telling.map(({ text }) => text?.(item) ?? ''))]
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

/** Saves what is loaded. */
export function saveCsv<T>(name: string, columns: readonly Telling<T>[], items: readonly T[]): void {
  // The mark tells a spreadsheet that this is UTF-8.
  download(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, 'text/csv;charset=utf-8', ['\uFEFF', csvOf(columns, items)])
}
