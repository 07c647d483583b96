import type { Peer, PeerSort } from '@/api/types'

/** What the table and the cards are given alike. */
export interface PeerListProps {
  peers: readonly Peer[]
  sort: PeerSort
  onSort: (sort: PeerSort) => void
  /** Names the filters and sort: a new view starts over. */
  view: string
  /** The rows are those of the view before, until the new ones come. */
  fading: boolean
  /** The end of the loaded rows is near. */
  onEnd: () => void
}

/** Peer ids are unique within an account only. */
export const rowId = (peer: Peer): string => `${peer.accountId}/${peer.id}`

/** The group that NetBird puts every peer into. */
const EVERYBODY = 'All'

/** The groups that tell one peer from another. */
export const tellingGroups = (peer: Peer): string[] => peer.groups.filter((name) => name !== EVERYBODY)
