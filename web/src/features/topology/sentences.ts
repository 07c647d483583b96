import type { Condition, Kind, Row } from './graph'
import { texts } from './texts'

export const KIND_WORDS: Readonly<Record<Kind, { one: string; many: string }>> = texts.kinds

export const CONDITION_WORDS: Readonly<Record<Condition, string>> = texts.conditions

/** The API's word for all there is. */
const EVERYTHING = 'everything'


/** Of a rule that is not understood, no services are known: that is not none. */
const isUnknown = ({ services, edge }: Row): boolean => services.length === 0 && Boolean(edge?.unclear)

/** On what, for a column. */
export function servicesText(row: Row): string {
  if (row.says === 'part') return ''
  if (isUnknown(row)) return texts.servicesNotClear
  return row.services.includes(EVERYTHING) ? texts.everything : texts.services(row.services)
}

/** What one row says, as a sentence without its full stop. */
export function sentenceOf(row: Row): string {
  const { from, to, says, verb, services, isOn, edge } = row
  if (says === 'part') return texts.part({ from: from.name, verb: verb ? texts.verbs[verb] : '', to: to.name, isOn })
  const rule = {
    from: from.name,
    to: to.name,
    services: isUnknown(row) || services.includes(EVERYTHING) ? undefined : services,
    checks: edge?.postureChecks ?? [],
    isOn,
    unclear: edge?.unclear || undefined,
    action: edge?.action ?? '',
  }
  const between = from === to ? 'Within' : edge?.bidirectional ? 'Both' : ''
  return texts[`${says}${between}`](rule)
}

/** What it does, in a word or two, for a column. */
export const saysWords = ({ says, verb, edge }: Row): string =>
  says === 'part' ? (verb ? texts.verbs[verb] : '') : says === 'allows' ? (edge?.bidirectional ? texts.mayReachBack : texts.mayReach) : says === 'drops' ? texts.mayNotReach : (edge?.action ?? '')
