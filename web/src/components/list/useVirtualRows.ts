import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useState } from 'react'

interface VirtualRows {
  count: number
  rowHeight: number
  /** Told which rows are on screen. */
  onSee: (first: number, last: number) => void
}

/** Rows of a list that scrolls with the window; only those on screen exist. */
export function useVirtualRows({ count, rowHeight, onSee }: VirtualRows) {
  const [offset, setOffset] = useState(0)
  const [width, setWidth] = useState(0)
  // What stands above the list (a banner, wrapped filters) changes its place in the window.
  const attach = useCallback((list: HTMLElement | null) => {
    if (!list) return undefined
    const measure = () => {
      const box = list.getBoundingClientRect()
      setOffset(Math.round(box.top + window.scrollY))
      setWidth(Math.floor(box.width))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    observer.observe(list)
    return () => observer.disconnect()
  }, [])
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => rowHeight, overscan: 8, scrollMargin: offset })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)
  const firstRow = virtualizer.range?.startIndex ?? 0
  const lastRow = Math.min(virtualizer.range?.endIndex ?? 0, count - 1)
  useEffect(() => {
    onSee(firstRow, lastRow)
  })
  return {
    attach,
    items,
    /** Of the list, in pixels; zero until it is known. */
    width,
    before: (items[0]?.start ?? offset) - offset,
    after: virtualizer.getTotalSize() - ((last?.end ?? offset) - offset),
    reveal: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
