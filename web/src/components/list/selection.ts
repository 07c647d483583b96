import { useState } from 'react'

/** Rows that are chosen for an act on all of them. */
export interface Selection {
  ids: ReadonlySet<string>
  toggle: (id: string) => void
  /** Chooses exactly these. */
  set: (ids: readonly string[]) => void
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return {
    ids,
    toggle: (id) => {
      const next = new Set(ids)
      if (!next.delete(id)) next.add(id)
      setIds(next)
    },
    set: (chosen) => setIds(new Set(chosen)),
  }
}
