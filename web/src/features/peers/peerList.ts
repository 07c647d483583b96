import type { Peer } from '@/api/types'

/** Peer ids are unique within an account only. */
export const rowId = (peer: Peer): string => `${peer.accountId}/${peer.id}`

/** A peer as the address names the opened one. */
export const openedAs = rowId

/** Whether an address names this peer; links from before named the id alone. */
export const isOpened = (peer: Peer, opened: string | undefined): boolean => opened !== undefined && (rowId(peer) === opened || peer.id === opened)

/** The group that NetBird puts every peer into. */
const EVERYBODY = 'All'

/** The groups that tell one peer from another. */
export const tellingGroups = (peer: Peer): string[] => peer.groups.filter((name) => name !== EVERYBODY)
