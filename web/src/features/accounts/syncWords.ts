import type { LoggedSync, QuietSyncs } from '@/api/types'
import { explainReason } from '@/components/connectionReasons'
import { named } from '@/lib/named'
import { listed } from '@/lib/numbers'
import { listTitles } from './gaps'
import { texts } from './texts'

type Call = LoggedSync['calls'][number]

/** Milliseconds, as exactly as they tell something. */
export const took = (milliseconds: number): string => (milliseconds < 1000 ? texts.syncs.milliseconds({ count: milliseconds }) : texts.syncs.seconds({ count: (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0) }))

const OF_A_CALL: Record<Call['outcome'], string> = texts.syncs.ofACall

export const callInWords = ({ list, outcome, durationMs }: Call): string => texts.syncs.call({ list: listTitles([list]).join(''), outcome: named(OF_A_CALL, outcome, (word) => word), took: took(durationMs) })

/** What a sync found, or what became of it. */
export function syncInWords({ outcome, changes, error }: LoggedSync): string {
  if (outcome === 'failed') return error ? explainReason(error).title : texts.syncs.itFailed
  if (outcome === 'slow') return texts.syncs.onlySlow
  const found = [
    ...(changes.peers > 0 ? [texts.syncs.peers({ count: changes.peers })] : []),
    ...(changes.configuration > 0 ? [texts.syncs.configuration({ count: changes.configuration })] : []),
    ...(changes.events > 0 ? [texts.syncs.events({ count: changes.events })] : []),
  ]
  return found.length > 0 ? listed(found) : texts.syncs.lists({ count: changes.lists })
}

/** Syncs that are not in the log, if there are any. */
export function quietInWords({ syncs, medianMs, leftOut }: QuietSyncs): string {
  return [
    ...(syncs > 0 ? [texts.syncs.quiet({ syncs, median: medianMs == null ? undefined : took(medianMs) })] : []),
    ...(leftOut > 0 ? [texts.syncs.leftOut({ syncs: leftOut })] : []),
  ].join('; ')
}
