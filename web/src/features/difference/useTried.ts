import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import { useSession } from '@/api/client'
import { scopeOf } from '@/api/session'
import type { AccessChange } from '@/api/types'
import { decodeChanges, encodeChanges, LONGEST_IN_ADDRESS, type TrySearch } from '@/lib/tried'
import { keep, keptUnder } from '@/lib/keptChanges'

const route = getRouteApi('/frame/access/change')

const NONE: readonly AccessChange[] = []

/** Where the changes are: in the address; in this tab, being too long for one; or not to be had. */
export type Whereabouts = 'address' | 'tab' | 'unreadable' | 'elsewhere'

export type SearchChange = { [Key in keyof TrySearch]: TrySearch[Key] | undefined }

/** The changes that the address holds, and how they become others. */
export function useTried() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const scope = scopeOf(useSession())
  const { changes: written, kept } = search
  const found = useMemo(() => (written !== undefined ? decodeChanges(written) : kept !== undefined ? keptUnder(scope, kept) : NONE), [written, kept, scope])
  const changes = found ?? NONE
  const where: Whereabouts = found ? (kept === undefined || written !== undefined ? 'address' : 'tab') : written !== undefined ? 'unreadable' : 'elsewhere'
  const latest = useRef(changes)
  useEffect(() => {
    latest.current = changes
  })

  const go = (change: SearchChange, { replace = false } = {}) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...change }), replace, resetScroll: false } as Parameters<typeof navigate>[0])

  /** Goes on to other changes, so that Back undoes it. An editor that is open closes. */
  const set = (next: readonly AccessChange[], more: SearchChange = {}) => {
    const encoded = encodeChanges(next)
    const place =
      next.length === 0 ? { changes: undefined, kept: undefined, show: undefined } : encoded.length <= LONGEST_IN_ADDRESS ? { changes: encoded, kept: undefined } : { changes: undefined, kept: keep(scope, next) }
    go({ add: undefined, about: undefined, edit: undefined, ...place, ...more })
  }

  return { search, changes, where, go, set, latest }
}

export type Tried = ReturnType<typeof useTried>
