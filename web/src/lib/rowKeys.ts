import { useRef } from 'react'
import { useShortcuts } from './shortcuts'

interface RowKeys {
  /** The rows in their order on screen; each row's element carries its id as `data-row`. */
  ids: readonly string[]
  /** Brings a row on screen before it is focused; needed where rows are virtual. */
  reveal?: (index: number) => void
  /** `x` */
  onSelect?: (id: string) => void
  /** `a`; without a focused row the id is undefined. */
  onAcknowledge?: (id: string | undefined) => void
  /** Opens what a row links to in place of what is shown beside the list. */
  onOpen?: (address: string) => void
}

const focusedRow = (): string | undefined => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row

/** Where a row is shown beside the list, the next one is, too. */
const hasPanel = (): boolean => document.querySelector('[data-panel]') !== null

function focusRow(id: string, onOpen?: (address: string) => void): boolean {
  const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
  // A row that opens nothing is a place to stand all the same.
  const place = row?.querySelector<HTMLElement>('a') ?? row
  place?.focus()
  const address = place?.getAttribute('href')
  if (address && hasPanel()) onOpen?.(address)
  return row !== null
}

/** `j` and `k` move the focus from row to row; the focus is the only cursor there is. */
export function useRowKeys({ ids, reveal, onSelect, onAcknowledge, onOpen }: RowKeys): void {
  // Where the focus was, for when its row is gone and took the focus with it.
  const place = useRef(-1)
  const move = (step: number) => {
    const focused = focusedRow()
    const current = focused === undefined ? -1 : ids.indexOf(focused)
    if (current === -1 && place.current === -1) place.current = step > 0 ? 0 : ids.length - 1
    // The row after the one that is gone stands in its place now.
    else if (current !== -1 || step < 0) place.current = (current === -1 ? place.current : current) + step
    place.current = Math.min(ids.length - 1, Math.max(0, place.current))
    const index = place.current
    const id = ids[index]
    if (id === undefined) return
    reveal?.(index)
    // A virtual row that was off screen exists only after the next paint.
    if (!focusRow(id, onOpen)) requestAnimationFrame(() => focusRow(id, onOpen))
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ...(onSelect && {
      x: () => {
        const id = focusedRow()
        if (id !== undefined) onSelect(id)
      },
    }),
    ...(onAcknowledge && { a: () => onAcknowledge(focusedRow()) }),
  })
}
