import { useVirtualizer } from '@tanstack/react-virtual'

/** So many beyond each edge are there before they are scrolled to. */
const BEYOND = 6
/** Places come and go by so many at once: each step costs a look at every row. */
const STEP = 4

interface Stretch {
  first: number
  last: number
}

const NONE: Stretch = { first: 0, last: -1 }

interface Matrix {
  rows: number
  columns: number
  /** Of a side of a place, in pixels; always the same. */
  size: number
  scroller: HTMLElement | null
}

/** Which rows and columns of a matrix are on screen: of two hundred groups there are forty thousand places, too many to be there at once. */
export function useOnScreen({ rows, columns, size, scroller }: Matrix): { rows: Stretch; columns: Stretch } {
  const shared = { getScrollElement: () => scroller, estimateSize: () => size, overscan: BEYOND }
  // No function of either leaves this hook.
  // eslint-disable-next-line react-hooks/incompatible-library
  const down = useVirtualizer({ ...shared, count: rows })
  const across = useVirtualizer({ ...shared, count: columns, horizontal: true })
  const stretch = (items: readonly { index: number }[], count: number): Stretch => {
    const [first, last] = [items[0], items.at(-1)]
    return first && last ? { first: first.index - (first.index % STEP), last: Math.min(count - 1, last.index + STEP - (last.index % STEP)) } : NONE
  }
  return { rows: stretch(down.getVirtualItems(), rows), columns: stretch(across.getVirtualItems(), columns) }
}
