import type { Severity } from '@/api/types'
import { SEVERITIES } from '@/components/status'
import { listed } from '@/lib/numbers'

/** What a route matches and tells, by names. */
export interface Named {
  severities: readonly Severity[]
  rules: readonly string[]
  accounts: readonly string[]
  groups: readonly string[]
}

/** What stands where a name is not known. */
export const BLANK = '…'

/** Names that are said of many. */
const SHOWN = 3

const first = (names: readonly string[]): string => listed(names.length > SHOWN ? [...names.slice(0, SHOWN), `${names.length - SHOWN} more`] : names)

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** "Critical and high alerts of Routing peer down in HQ, if they are about servers" */
export function matchersWords({ severities, rules, accounts, groups }: Named): string {
  const words = SEVERITIES.filter(({ value }) => severities.includes(value)).map(({ word }) => word.toLowerCase())
  const isAll = severities.length + rules.length + accounts.length + groups.length === 0
  return [
    isAll ? 'All alerts' : words.length > 0 ? `${capital(listed(words))} alerts` : 'Alerts',
    rules.length > 0 && ` of ${first(rules)}`,
    accounts.length > 0 && ` in ${first(accounts)}`,
    groups.length > 0 && `, if they are about ${groups.length === 1 ? 'the group' : 'one of the groups'} ${first(groups)}`,
  ]
    .filter(Boolean)
    .join('')
}

/** "Critical alerts also tell Duty officers and Phones." */
export function routeSentence(named: Named, channels: readonly string[]): string {
  const what = matchersWords(named)
  return `${what}${named.groups.length > 0 ? ',' : ''} also tell ${channels.length === 0 ? BLANK : `${listed(channels)}.`}`
}
