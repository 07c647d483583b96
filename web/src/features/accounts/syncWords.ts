import type { LoggedSync, QuietSyncs } from '@/api/types'
import { explainReason } from '@/components/connectionReasons'
import { named } from '@/lib/named'
import { listed, plural } from '@/lib/numbers'
import { listTitles } from './gaps'

type Call = LoggedSync['calls'][number]

/** Milliseconds, as exactly as they tell something. */
export const took = (milliseconds: number): string => (milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`)

const OF_A_CALL: Record<Call['outcome'], string> = {
  changed: 'new',
  same: 'as before',
  withheld: 'not given',
  unread: 'not readable',
  failed: 'failed',
}

export const callInWords = ({ list, outcome, durationMs }: Call): string => `${listTitles([list]).join('')}: ${named(OF_A_CALL, outcome, (word) => word)}, ${took(durationMs)}`

/** What a sync found, or what became of it. */
export function syncInWords({ outcome, changes, error }: LoggedSync): string {
  if (outcome === 'failed') return error ? explainReason(error).title : 'It failed'
  if (outcome === 'slow') return 'Nothing new, but unusually long'
  const found = [
    ...(changes.peers > 0 ? [plural(changes.peers, 'change of peer status', 'changes of peer status')] : []),
    ...(changes.configuration > 0 ? [plural(changes.configuration, 'change of the configuration', 'changes of the configuration')] : []),
    ...(changes.events > 0 ? [plural(changes.events, 'new event')] : []),
  ]
  return found.length > 0 ? listed(found) : `${plural(changes.lists, 'list')} kept anew: only details differ`
}

/** Syncs that are not in the log, if there are any. */
export function quietInWords({ syncs, medianMs, leftOut }: QuietSyncs): string {
  return [
    ...(syncs > 0 ? [`${plural(syncs, 'quiet sync')}${medianMs == null ? '' : `, ${took(medianMs)} median`}`] : []),
    ...(leftOut > 0 ? [`${plural(leftOut, 'sync')} for which the day’s log had no room`] : []),
  ].join('; ')
}
