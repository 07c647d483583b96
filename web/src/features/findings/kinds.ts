import { Boxes, Cable, CircleDashed, ClipboardCheck, Key, Route, Waypoints, type LucideIcon } from 'lucide-react'
import type { AccessFinding } from '@/api/types'
import { named, wordsOf } from '@/lib/named'

type Kind = AccessFinding['kind']
type SubjectType = AccessFinding['subject']['type']

const KINDS: Record<Kind, string> = {
  'open-to-all': 'Open to everybody',
  unrouted: 'No routing peer',
  'single-router': 'A single routing peer',
  'endless-setup-key': 'Endless setup key',
  overruled: 'Overruled rule',
  redundant: 'Redundant rule',
  idle: 'Rule about nobody',
  'unused-group': 'Unused group',
  'unused-posture-check': 'Unused posture check',
}

interface Look {
  word: string
  icon: LucideIcon
}

const SUBJECTS = {
  policy: { word: 'Policy', icon: Waypoints, page: '/policies' },
  group: { word: 'Group', icon: Boxes, page: '/groups' },
  network: { word: 'Network', icon: Cable, page: '/networks' },
  route: { word: 'Route', icon: Route, page: '/routes' },
  'setup-key': { word: 'Setup key', icon: Key, page: '/setup-keys' },
  'posture-check': { word: 'Posture check', icon: ClipboardCheck, page: '/posture-checks' },
} as const satisfies Record<SubjectType, Look & { page: string }>

type Subject = (typeof SUBJECTS)[SubjectType] | (Look & { page?: undefined })

/** Names have hyphens here. */
const worded = (name: string): string => wordsOf(name.replaceAll('-', '_'))

export const kindWord = (kind: string): string => named(KINDS, kind, () => worded(kind))

/** What a finding is about, with the list that has it, where this page knows one. */
export const subjectLook = (type: string): Subject => named<Subject>(SUBJECTS, type, () => ({ word: worded(type), icon: CircleDashed }))
