import type { Rota } from '@/api/types'
import { wordsOf } from '@/lib/named'

/** "Every Monday at 09:00, Europe/Berlin" */
export function handoverWords({ every, handover, timeZone }: Pick<Rota, 'every' | 'handover' | 'timeZone'>): string {
  const when = every === 'day' ? 'Every day' : `Every ${handover.weekday ? wordsOf(handover.weekday) : 'week'}`
  return `${when} at ${handover.time}, ${timeZone.replaceAll('_', ' ')}`
}
