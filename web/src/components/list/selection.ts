import { useCallback, useMemo, useState } from 'react'

/** Rows that are chosen for an act on all of them. */
export interface Selection {
  ids: ReadonlySet<string>
  toggle: (id: string) => void
  /** Chooses exactly these. */
  set: (ids: readonly string[]) => void
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  // The same function throughout: rows that are not chosen have nothing to do with a choice.
  const toggle = useCallback(
    (id: string) =>
      setIds((before) => {
        const next = new Set(before)
        if (!next.delete(id)) next.add(id)
        return next
      }),
    [],
  )
  return useMemo(() => ({ ids, toggle, set: (chosen) => setIds(new Set(chosen)) }), [ids, toggle])
}
