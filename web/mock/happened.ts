import type { Alert, Peer } from '../src/api/types'

/*
 * What happened since the mock began, as a test has it happen. All else stands still.
 */

/** Newest first. */
export const raised: Alert[] = []

/** By id. */
export const changedPeers = new Map<string, Partial<Peer>>()
