import type { AccessReviewRow, AccessReviewRule, AccessReviewSubject, AccessReviewSummary } from '@/api/types'
import { grouped, plural } from '@/lib/numbers'

type Counted = Pick<AccessReviewSubject, 'peerCount' | 'unknownCount' | 'ruleCount' | 'isReachedByAnybody'>

/** "12 peers reach it by 3 rules, 2 more may" */
export function reachWords({ peerCount, unknownCount, ruleCount, isReachedByAnybody }: Counted): string {
  const may = unknownCount === 0 ? '' : `, ${grouped(unknownCount)} ${peerCount === 0 ? '' : 'more '}may`
  if (peerCount === 0) return unknownCount === 0 ? 'Nobody reaches it' : `Nobody reaches it for sure${may}`
  const who = isReachedByAnybody ? `Everybody, ${plural(peerCount, 'peer')}, reaches it` : peerCount === 1 ? '1 peer reaches it' : `${plural(peerCount, 'peer')} reach it`
  return `${who} by ${plural(ruleCount, 'rule')}${may}`
}

/** "2 of 3 signed, 1 needs a change" */
export function signedWords({ subjectCount, signedCount, changeNeededCount }: Pick<AccessReviewSummary, 'subjectCount' | 'signedCount' | 'changeNeededCount'>): string {
  const signed = `${grouped(signedCount)} of ${grouped(subjectCount)} signed`
  return changeNeededCount === 0 ? signed : `${signed}, ${grouped(changeNeededCount)} ${changeNeededCount === 1 ? 'needs' : 'need'} a change`
}

/** "Laptops to servers, rule 1" */
export const ruleWords = ({ policyName, policyId, rule }: Pick<AccessReviewRule, 'policyName' | 'policyId' | 'rule'>): string => `${policyName || policyId}, rule ${rule + 1}`

/** What is open, and what else may be. */
export const servicesOf = ({ open, mayBeOpen }: Pick<AccessReviewRow, 'open' | 'mayBeOpen'>) => ({ sure: open, perhaps: mayBeOpen.filter((service) => !open.includes(service)) })

/** "TCP 22, 443; perhaps ICMP" */
export function servicesWords(row: Pick<AccessReviewRow, 'open' | 'mayBeOpen'>): string {
  const { sure, perhaps } = servicesOf(row)
  return [sure.join(', '), perhaps.length === 0 ? '' : `perhaps ${perhaps.join(', ')}`].filter(Boolean).join('; ')
}

/** The rule that was changed last, if any was since changes are watched. */
export function lastChanged(rules: readonly AccessReviewRule[]): AccessReviewRule | undefined {
  return rules.reduce<AccessReviewRule | undefined>((last, rule) => (rule.lastChangedAt && (!last?.lastChangedAt || Date.parse(rule.lastChangedAt) > Date.parse(last.lastChangedAt)) ? rule : last), undefined)
}
