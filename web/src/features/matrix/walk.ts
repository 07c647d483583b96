import type { At } from './useCard'

/** As many rows as are on screen, about. */
const PAGE = 10

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>

/** Where a key leads to from a place, as in any grid; undefined for one that leads nowhere. */
export function stepOf({ key, ctrlKey, metaKey }: Key, { row, column }: At, count: { rows: number; columns: number }): At | undefined {
  const last = { row: count.rows - 1, column: count.columns - 1 }
  const to = (down: number, across: number): At => ({ row: Math.max(0, Math.min(last.row, down)), column: Math.max(0, Math.min(last.column, across)) })
  if (ctrlKey || metaKey) {
    if (key === 'Home') return { row: 0, column: 0 }
    return key === 'End' ? last : undefined
  }
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'Home':
      return to(row, 0)
    case 'End':
      return to(row, last.column)
    case 'PageUp':
      return to(row - PAGE, column)
    case 'PageDown':
      return to(row + PAGE, column)
    default:
      return undefined
  }
}
