import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'

/** Why changes are not told as they happen. */
export type Unlive =
  /** The socket was closed, or does not open. */
  | 'cut'
  /** There are too many, or the platform asks for patience. */
  | 'busy'
  /** Not for this page: there are no more tries until it is loaded again. */
  | 'refused'

/** Whether changes reach this tab as they happen; moments are milliseconds since 1970. */
export type LiveState =
  /** Nobody is signed in. */
  | { is: 'off' }
  | { is: 'connecting' }
  /** What was read from `sureFrom` on is as of now: of what was read before, a change may have been missed. */
  | { is: 'live'; since: number; sureFrom: number }
  | { is: 'polling'; since: number; why: Unlive }

export const live = createStore<{ state: LiveState }>(() => ({ state: { is: 'off' } }))

export const useLive = (): LiveState => useStore(live, ({ state }) => state)
