import type { RotaPerson } from '@/api/types'
import { named } from '@/lib/named'
import { texts } from './texts'

/** As far apart as any two of the first few can be, however many there are. */
const GOLDEN_ANGLE = 137.508

/** Each person's own colour, by their place in the rota; who only stands in comes behind them. */
export function hueOf(people: readonly { id: string }[], id: string): number {
  const index = people.findIndex((person) => person.id === id)
  return Math.round((264 + (index === -1 ? people.length : index) * GOLDEN_ANGLE) % 360)
}

const ABSENCES: Readonly<Record<string, string>> = {
  left: texts.absences.left,
  deactivated: texts.absences.deactivated,
  unconfirmed: texts.absences.unconfirmed,
}

/** Why somebody is passed over, after their name. */
export const absenceWords = (absence: NonNullable<RotaPerson['absence']>): string => named(ABSENCES, absence, (words) => texts.absenceWords.passedOver({ words: words.toLowerCase() }))

/** Those who are passed over, each once. */
export function absentOf(people: readonly RotaPerson[]): RotaPerson[] {
  const seen = new Map(people.filter(({ absence }) => absence).map((person) => [person.id, person]))
  return [...seen.values()]
}
