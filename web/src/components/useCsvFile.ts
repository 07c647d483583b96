import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { download } from '@/lib/download'
import type { ReadFile } from '@/queries/files'
import { announce, announceFailure } from './announcements'
import { texts } from './texts/questions'

/** Tells a spreadsheet that a table is UTF-8. */
const UTF8_MARK = '\uFEFF'

/** Saves a whole file that the server makes; whoever goes to another page has changed their mind. */
export function useCsvFile(name: string, read: ReadFile | undefined) {
  const aborter = useRef<AbortController>(undefined)
  useEffect(() => () => aborter.current?.abort(), [])
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      if (!read) return
      const { signal } = (aborter.current = new AbortController())
      try {
        const parts = await read(signal)
        if (signal.aborted) return
        download(`${name}-${new Date().toISOString().slice(0, 10)}.csv`, 'text/csv;charset=utf-8', [UTF8_MARK, ...parts])
        announce(texts.useCsvFile.saved)
      } catch (error) {
        if (!signal.aborted) throw error
      }
    },
    onError: announceFailure,
  })
  return { save: () => mutate(), isSaving: isPending }
}
