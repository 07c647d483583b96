import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { AccessReview } from '@/api/types'
import { announce } from '@/components/announcements'
import { fileName } from '@/components/AuditExport'
import { download } from '@/lib/download'
import { readReviewFile, type ReviewFormat } from '@/queries/reviews'
import { texts } from './texts'

const TYPES: Readonly<Record<ReviewFormat, string>> = { csv: 'text/csv;charset=utf-8', jsonl: 'application/x-ndjson' }

/** Tells a spreadsheet that a table is UTF-8. */
const UTF8_MARK = '\uFEFF'

/** Saves all rows; whoever goes to another page has changed their mind. */
export function useReviewFile({ id, name, madeAt }: Pick<AccessReview, 'id' | 'name' | 'madeAt'>) {
  const aborter = useRef<AbortController>(undefined)
  useEffect(() => () => aborter.current?.abort(), [])
  return useMutation({
    mutationFn: async (format: ReviewFormat) => {
      const { signal } = (aborter.current = new AbortController())
      const parts = await readReviewFile(id, format, signal)
      if (signal.aborted) return
      // The digest is of the lines alone: nothing is put before those.
      download(`access-review-${fileName(name)}-${madeAt.slice(0, 10)}.${format}`, TYPES[format], format === 'csv' ? [UTF8_MARK, ...parts] : parts)
      announce(texts.page.saved)
    },
  })
}
