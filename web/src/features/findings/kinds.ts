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

const SUBJECTS: Record<SubjectType, Look> = {
  policy: { word: 'Policy', icon: Waypoints },
  group: { word: 'Group', icon: Boxes },
  network: { word: 'Network', icon: Cable },
  route: { word: 'Route', icon: Route },
  'setup-key': { word: 'Setup key', icon: Key },
  'posture-check': { word: 'Posture check', icon: ClipboardCheck },
}

/** Names have hyphens here. */
const worded = (name: string): string => wordsOf(name.replaceAll('-', '_'))

export const kindWord = (kind: string): string => named(KINDS, kind, () => worded(kind))

/** What a finding is about. */
export const subjectLook = (type: string): Look => named<Look>(SUBJECTS, type, () => ({ word: worded(type), icon: CircleDashed }))
