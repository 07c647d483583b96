import type { At } from './useCard'

/** As many rows as are on screen, about. */
const PAGE = 10

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>

/** Where a key leads to from a place, as in any grid; undefined for one that leads nowhere. */
export function stepOf({ key, ctrlKey, metaKey }: Key, { row, column }: At, count: number): At | undefined {
  const last = count - 1
  const within = (place: number) => Math.max(0, Math.min(last, place))
  if (ctrlKey || metaKey) {
    if (key === 'Home') return { row: 0, column: 0 }
    return key === 'End' ? { row: last, column: last } : undefined
  }
  switch (key) {
    case 'ArrowUp':
      return { row: within(row - 1), column }
    case 'ArrowDown':
      return { row: within(row + 1), column }
    case 'ArrowLeft':
      return { row, column: within(column - 1) }
    case 'ArrowRight':
      return { row, column: within(column + 1) }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: last }
    case 'PageUp':
      return { row: within(row - PAGE), column }
    case 'PageDown':
      return { row: within(row + PAGE), column }
    default:
      return undefined
  }
}
