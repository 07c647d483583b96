import type { AccessFinding, AccessFindings } from '@/api/types'
import { SEVERITIES, severityWord } from '@/components/status'
import { texts } from './texts'

/** The worst first; one that only a newer API knows comes before them: nobody here can say how bad it is. */
export const rankOf = ({ severity }: Pick<AccessFinding, 'severity'>): number => SEVERITIES.findIndex(({ value }) => value === severity)

/** "1 high, 3 medium, 12 low" */
export function severityCounts(findings: readonly Pick<AccessFinding, 'severity'>[]): string {
  const counts = new Map<AccessFinding['severity'], number>()
  for (const { severity } of [...findings].sort((one, other) => rankOf(one) - rankOf(other))) counts.set(severity, (counts.get(severity) ?? 0) + 1)
  return [...counts].map(([severity, count]) => texts.ofSeverity({ count, severity: severityWord(severity).toLowerCase() })).join(', ')
}

/** What was not looked for; undefined if everything was. */
export function unreadWords(unread: readonly string[]): string | undefined {
  return unread.length === 0 ? undefined : texts.unread({ lists: unread })
}

/** What was found and is not here; undefined if all of it is. */
export function omittedWords({ findings, omitted }: Pick<AccessFindings, 'findings' | 'omitted'>): string | undefined {
  return omitted === 0 ? undefined : texts.omitted({ omitted, shown: findings.length })
}
