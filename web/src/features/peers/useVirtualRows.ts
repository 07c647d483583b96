import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'

const END_WITHIN = 30

interface VirtualRows {
  count: number
  rowHeight: number
  onEnd: () => void
}

/** Rows of a list that scrolls with the window; only those on screen exist. */
export function useVirtualRows<List extends HTMLElement>({ count, rowHeight, onEnd }: VirtualRows) {
  const list = useRef<List>(null)
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0
    setOffset(Math.round(top + window.scrollY))
  }, [])
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer mutates itself; nothing derived from it is memoised here
  const virtualizer = useWindowVirtualizer({ count, estimateSize: () => rowHeight, overscan: 16, scrollMargin: offset })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)
  const lastIndex = last?.index ?? -1
  useEffect(() => {
    if (lastIndex >= count - END_WITHIN) onEnd()
  })
  return {
    list,
    items,
    before: (items[0]?.start ?? offset) - offset,
    after: virtualizer.getTotalSize() - ((last?.end ?? offset) - offset),
    reveal: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}
