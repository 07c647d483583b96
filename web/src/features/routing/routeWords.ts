import type { Severity } from '@/api/types'
import { SEVERITIES } from '@/components/status'
import { listed } from '@/lib/numbers'
import { texts } from './texts'

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

const first = (names: readonly string[]): string => listed(names.length > SHOWN ? [...names.slice(0, SHOWN), texts.first.more({ names: names.length - SHOWN })] : names)

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** "Critical and high alerts of Routing peer down in HQ, if they are about servers" */
export function matchersWords({ severities, rules, accounts, groups }: Named): string {
  const words = SEVERITIES.filter(({ value }) => severities.includes(value)).map(({ word }) => word.toLowerCase())
  const isAll = severities.length + rules.length + accounts.length + groups.length === 0
  return [
    isAll ? texts.matchersWords.allAlerts : words.length > 0 ? texts.matchersWords.alertsOf({ severities: capital(listed(words)) }) : texts.matchersWords.alerts,
    rules.length > 0 && texts.matchersWords.ofRules({ named: first(rules) }),
    accounts.length > 0 && texts.matchersWords.inAccounts({ named: first(accounts) }),
    groups.length > 0 && texts.matchersWords.about({ groups: groups.length, named: first(groups) }),
  ]
    .filter(Boolean)
    .join('')
}

/** "Critical alerts also tell Duty officers and Phones." */
export function routeSentence(named: Named, channels: readonly string[]): string {
  const what = matchersWords(named)
  const told = channels.length === 0 ? BLANK : `${listed(channels)}.`
  return named.groups.length > 0 ? texts.routeSentence.alsoTellIfAbout({ what, told }) : texts.routeSentence.alsoTell({ what, told })
}
