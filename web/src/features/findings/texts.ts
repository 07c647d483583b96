import { byCount, grouped, listed } from '@/lib/numbers'
import { capitalized } from '@/lib/sentence'

export const texts = {
  list: {
    label: 'Findings',
    one: 'finding',
    finding: 'Finding',
    severity: 'Severity',
    about: 'About',
    kind: 'Kind',
    advice: 'What to do',
    aboutA: 'About a',
    rule: 'Rule',
    id: 'NetBird’s id',
    searches: 'Finding, name, advice',
    /** Where only the name is seen, the icon says what it is. */
    subject: '<kind>{what} </kind>{name}',
    subjectTitle: ({ what, name }: { what: string; name: string }) => `${what} ${name}`,
  },
  page: {
    notYet: 'Nothing to look at yet',
    afterSync: 'What stands out in a network appears here within minutes of the first sync.',
    tooLarge: 'Its rules, groups and peers are too many together. The lists have all of them.',
    beingRead: 'Half of a network would give wrong answers, so it is judged after the next sync. This page looks again every 30 seconds.',
    none: 'Nothing stands out',
    noneInRead: 'Nothing stands out in what could be read',
    lookedFor:
      'Looked for: rules that let everybody do everything, say no more than others, are overruled by others or are about nobody; networks and routes with no routing peer or a single one; setup keys without an end; and groups and posture checks that nothing names.',
  },
  /** "1 high", of several: "1 high, 3 medium, 12 low" */
  ofSeverity: ({ count, severity }: { count: number; severity: string }) => `${grouped(count)} ${severity}`,
  unread: ({ lists }: { lists: readonly string[] }) => capitalized(`${listed(lists)} could not be read: findings about them, and what hangs on them, are missing.`),
  omitted: ({ omitted, shown }: { omitted: number; shown: number }) =>
    byCount(omitted, {
      one: `${grouped(omitted)} more finding is left out: the ${grouped(shown)} that matter most are shown.`,
      other: `${grouped(omitted)} more findings are left out: the ${grouped(shown)} that matter most are shown.`,
    }),
  kinds: {
    'open-to-all': 'Open to everybody',
    unrouted: 'No routing peer',
    'single-router': 'A single routing peer',
    'endless-setup-key': 'Endless setup key',
    overruled: 'Overruled rule',
    redundant: 'Redundant rule',
    idle: 'Rule about nobody',
    'unused-group': 'Unused group',
    'unused-posture-check': 'Unused posture check',
  },
} as const
