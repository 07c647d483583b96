import { useMemo, useRef, useState } from 'react'

export interface SteadyRow<T> {
  id: string
  item: T
  /** The row is no longer in the list and stays only until the reader lets go. */
  gone: boolean
}

interface Steady<T> {
  rows: SteadyRow<T>[]
  /** How many new rows wait. */
  waiting: number
}

/**
 * Lays fresh items out without moving any row that is on screen: known rows keep their place and
 * take their new content, rows that vanished stay as gone, and rows that belong further up wait.
 * Rows after the last known one (the next page) are appended, since they move nothing.
 */
export function holdSteady<T>(order: readonly string[], shown: ReadonlyMap<string, T>, fresh: readonly T[], idOf: (item: T) => string): Steady<T> {
  const freshById = new Map(fresh.map((item) => [idOf(item), item]))
  const known = new Set(order)
  const rows: SteadyRow<T>[] = []
  for (const id of order) {
    const now = freshById.get(id)
    const item = now ?? shown.get(id)
    if (item !== undefined) rows.push({ id, item, gone: now === undefined })
  }
  const lastKnown = fresh.findLastIndex((item) => known.has(idOf(item)))
  let waiting = 0
  fresh.forEach((item, index) => {
    const id = idOf(item)
    if (known.has(id)) return
    if (index > lastKnown) rows.push({ id, item, gone: false })
    else waiting += 1
  })
  return { rows, waiting }
}

/**
 * A list that refreshes under a pointer without moving. Spread `hold` on the list's element:
 * while the pointer or the focus is inside, the order is held.
 *
 * `view` names what is listed (filters, sort): a new view starts over.
 */
export function useSteadyList<T>(fresh: readonly T[], idOf: (item: T) => string, view: string) {
  const [held, setHeld] = useState<{ view: string; order: string[]; items: ReadonlyMap<string, T> } | null>(null)
  const pointerInside = useRef(false)
  const focusInside = useRef(false)

  const holding = held?.view === view && held.order.length > 0 ? held : null
  const steady = useMemo<Steady<T>>(
    () =>
      holding
        ? holdSteady(holding.order, holding.items, fresh, idOf)
        : { rows: fresh.map((item) => ({ id: idOf(item), item, gone: false })), waiting: 0 },
    [fresh, holding, idOf],
  )

  const captureFresh = () => setHeld({ view, order: fresh.map(idOf), items: new Map(fresh.map((item) => [idOf(item), item])) })
  const capture = () => {
    if (!holding) captureFresh()
  }
  const release = () => {
    if (!pointerInside.current && !focusInside.current) setHeld(null)
  }

  return {
    rows: steady.rows,
    waiting: steady.waiting,
    /** Shows the waiting rows now. */
    showWaiting: captureFresh,
    hold: {
      onPointerMove: () => {
        pointerInside.current = true
        capture()
      },
      onPointerLeave: () => {
        pointerInside.current = false
        release()
      },
      onFocus: () => {
        focusInside.current = true
        capture()
      },
      onBlur: (event: React.FocusEvent) => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        focusInside.current = false
        release()
      },
    },
  }
}
