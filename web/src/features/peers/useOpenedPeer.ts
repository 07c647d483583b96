import { useState } from 'react'
import { hasSlug } from '@/api/problem'
import type { Peer, PeerDetail } from '@/api/types'
import { useFailure } from '@/queries/failure'
import { usePeer } from '@/queries/peers'
import { isOpened } from './peerList'

export interface OpenedPeer {
  /** Undefined until it is known, and where there is none. */
  peer: Peer | PeerDetail | undefined
  isMissing: boolean
  error: Error | null
  retrying: boolean
  retry: () => void
}

/** Account and id, as the address has them; links from before named the id alone. */
function named(opened: string): { id: string; accountId: string | undefined } {
  const slash = opened.indexOf('/')
  return slash < 0 ? { id: opened, accountId: undefined } : { id: opened.slice(slash + 1), accountId: opened.slice(0, slash) }
}

/**
 * The peer that the address names: as the list has it, or, where it is on a page that nobody has come to, or not among what
 * the list is narrowed to, as it is by itself. `rows` are undefined until the first of them are there.
 */
export function useOpenedPeer(opened: string | undefined, rows: readonly Peer[] | undefined): OpenedPeer {
  const listed = rows?.find((row) => isOpened(row, opened))
  const { id, accountId } = named(opened ?? '')
  const query = usePeer(id, accountId, opened !== undefined && rows !== undefined && listed === undefined)
  const error = useFailure(query)

  // What leaves the list stays as it was until it is known how it is now.
  const [held, setHeld] = useState<Peer | undefined>()
  if (listed !== undefined && listed !== held) setHeld(listed)

  // An id that the API does not even take for one names no peer either.
  const isMissing = listed === undefined && (hasSlug(error, 'not-found') || hasSlug(error, 'validation'))
  const before = held !== undefined && isOpened(held, opened) ? held : undefined
  return {
    peer: isMissing ? undefined : (listed ?? query.data ?? before),
    isMissing,
    error: listed === undefined ? error : null,
    retrying: query.isFetching,
    retry: () => void query.refetch(),
  }
}
