import type { Rota } from '@/api/types'
import { wordsOf } from '@/lib/named'
import { texts } from './texts'

/** "Every Monday at 09:00, Europe/Berlin" */
export function handoverWords({ every, handover, timeZone }: Pick<Rota, 'every' | 'handover' | 'timeZone'>): string {
  const when = every === 'day' ? texts.handoverWords.everyDay : handover.weekday ? texts.handoverWords.every({ weekday: wordsOf(handover.weekday) }) : texts.handoverWords.everyWeek
  return texts.handoverWords.at({ when, time: handover.time, zone: timeZone.replaceAll('_', ' ') })
}
