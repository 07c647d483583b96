import type { AuditExport } from '@/api/types'
import { grouped, UNKNOWN } from '@/lib/numbers'
import { absolute, dayAndYear } from '@/lib/time'
import { actionChoice, kindTitle } from './actions'
import { texts } from './texts'

export const FORMATS: Readonly<Record<string, string>> = { csv: 'CSV', jsonl: texts.exportWords.jsonl }

/** A day where it begins there, as the filters of the list have it; else to the second. */
function moment(at: string): string {
  const date = new Date(at)
  const isDay = date.getHours() + date.getMinutes() + date.getSeconds() + date.getMilliseconds() === 0
  return (isDay ? dayAndYear : absolute)(date)
}

/** Which entries are in it, in words. `nameOf`: what somebody is called. */
export function filterWords({ action, user, resourceType, resourceId, session, ip, text, from, to }: AuditExport['filter'], nameOf: (id: string) => string | undefined): string {
  const parts = [
    action && actionChoice(action),
    user && texts.exportWords.by({ name: nameOf(user) ?? user }),
    (resourceType ?? resourceId) && texts.exportWords.to({ resource: [resourceType && kindTitle(resourceType), resourceId].filter(Boolean).join(' ') }),
    ip && texts.exportWords.from({ ip }),
    session && texts.exportWords.inSession({ session }),
    text && texts.exportWords.with({ text }),
    from && texts.exportWords.since({ at: moment(from) }),
    to && texts.exportWords.before({ at: moment(to) }),
  ].filter(Boolean)
  const words = parts.join(', ')
  return words === '' ? texts.exportWords.whole : words.charAt(0).toUpperCase() + words.slice(1)
}

/** How many entries it has; those so far while it is written, and none where there is no file. */
export function entriesWords({ state, entries }: Pick<AuditExport, 'state' | 'entries'>): string {
  if (state === 'queued' || state === 'failed') return UNKNOWN
  return state === 'running' ? texts.exportWords.soFar({ entries }) : grouped(entries)
}
