import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { AccessReviewRow } from '@/api/types'
import { readReviewRows } from '@/queries/reviews'

/** So many rows go on paper; the exported file has them all. */
export const MOST_ON_PAPER = 5_000

/** Reads the rows and prints, once they stand in the page. */
export function useOnPaper(id: string) {
  const [rows, setRows] = useState<readonly AccessReviewRow[]>()
  const [wanted, setWanted] = useState(0)
  const aborter = useRef<AbortController>(undefined)
  useEffect(() => () => aborter.current?.abort(), [])
  useEffect(() => {
    if (wanted > 0) window.print()
  }, [wanted])
  const print = useMutation({
    mutationFn: async () => {
      const { signal } = (aborter.current = new AbortController())
      const found = rows ?? (await readReviewRows(id, MOST_ON_PAPER, signal))
      if (signal.aborted) return
      setRows(found)
      setWanted((times) => times + 1)
    },
  })
  return { rows, print }
}
