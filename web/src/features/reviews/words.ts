import type { AccessReviewRow, AccessReviewRule } from '@/api/types'
import { texts } from './texts'


/** "Laptops to servers, rule 1" */
export const ruleWords = ({ policyName, policyId, rule }: Pick<AccessReviewRule, 'policyName' | 'policyId' | 'rule'>): string => texts.row.rule({ policy: policyName || policyId, rule: rule + 1 })

/** What is open, and what else may be. */
export const servicesOf = ({ open, mayBeOpen }: Pick<AccessReviewRow, 'open' | 'mayBeOpen'>) => ({ sure: open, perhaps: mayBeOpen.filter((service) => !open.includes(service)) })

/** "TCP 22, 443; perhaps ICMP" */
export const servicesWords = (row: Pick<AccessReviewRow, 'open' | 'mayBeOpen'>): string => texts.row.services(servicesOf(row))

/** The rule that was changed last, if any was since changes are watched. */
export function lastChanged(rules: readonly AccessReviewRule[]): AccessReviewRule | undefined {
  return rules.reduce<AccessReviewRule | undefined>((last, rule) => (rule.lastChangedAt && (!last?.lastChangedAt || Date.parse(rule.lastChangedAt) > Date.parse(last.lastChangedAt)) ? rule : last), undefined)
}
