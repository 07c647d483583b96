import type { AccessFinding, AccessFindings } from '@/api/types'
import { SEVERITIES, severityWord } from '@/components/status'
import { grouped, listed, plural } from '@/lib/numbers'

/** The worst first; one that only a newer API knows comes before them: nobody here can say how bad it is. */
export const rankOf = ({ severity }: Pick<AccessFinding, 'severity'>): number => SEVERITIES.findIndex(({ value }) => value === severity)

/** "1 high, 3 medium, 12 low" */
export function severityCounts(findings: readonly Pick<AccessFinding, 'severity'>[]): string {
  const counts = new Map<AccessFinding['severity'], number>()
  for (const { severity } of [...findings].sort((one, other) => rankOf(one) - rankOf(other))) counts.set(severity, (counts.get(severity) ?? 0) + 1)
  return [...counts].map(([severity, count]) => `${grouped(count)} ${severityWord(severity).toLowerCase()}`).join(', ')
}

/** What was not looked for; undefined if everything was. */
export function unreadWords(unread: readonly string[]): string | undefined {
  if (unread.length === 0) return undefined
  const lists = listed(unread)
  return `${lists.charAt(0).toUpperCase()}${lists.slice(1)} could not be read: findings about them, and what hangs on them, are missing.`
}

/** What was found and is not here; undefined if all of it is. */
export function omittedWords({ findings, omitted }: Pick<AccessFindings, 'findings' | 'omitted'>): string | undefined {
  if (omitted === 0) return undefined
  return `${plural(omitted, 'more finding')} ${omitted === 1 ? 'is' : 'are'} left out: the ${grouped(findings.length)} that matter most are shown.`
}
