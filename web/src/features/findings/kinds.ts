import { CircleDashed, type LucideIcon } from 'lucide-react'
import type { AccessFinding } from '@/api/types'
import { isItemKind, ITEMS } from '@/components/items/kinds'
import { named, wordsOf } from '@/lib/named'

type Kind = AccessFinding['kind']

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

/** Names have hyphens here. */
const worded = (name: string): string => wordsOf(name.replaceAll('-', '_'))

export const kindWord = (kind: string): string => named(KINDS, kind, () => worded(kind))

/** What a finding is about. */
export const subjectLook = (type: string): Look => ({ word: worded(type), icon: isItemKind(type) ? ITEMS[type].icon : CircleDashed })
