import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useState } from 'react'

const END_WITHIN = 30

interface VirtualRows {
  count: number
  rowHeight: number
  /** Called when the end of the rows comes near. */
  onEnd: () => void
}

/** Rows of a list that scrolls with the window; only those on screen exist. */
export function useVirtualRows({ count, rowHeight, onEnd }: VirtualRows) {
  const [offset, setOffset] = useState(0)
  // What stands above the list (a banner, wrapped filters) changes its place in the window.
  const attach = useCallback((list: HTMLElement | null) => {
    if (!list) return undefined
    const observer = new ResizeObserver(() => setOffset(Math.round(list.getBoundingClientRect().top + window.scrollY)))
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => rowHeight, overscan: 16, scrollMargin: offset })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)
  const lastIndex = last?.index ?? -1
  useEffect(() => {
    if (lastIndex >= count - END_WITHIN) onEnd()
  })
  return {
    attach,
    items,
    before: (items[0]?.start ?? offset) - offset,
    after: virtualizer.getTotalSize() - ((last?.end ?? offset) - offset),
    reveal: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
