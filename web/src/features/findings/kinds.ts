import { CircleDashed, type LucideIcon } from 'lucide-react'
import type { AccessFinding } from '@/api/types'
import { isItemKind, ITEMS } from '@/components/items/kinds'
import { named, wordsOf } from '@/lib/named'
import { texts } from './texts'

const KINDS: Record<AccessFinding['kind'], string> = texts.kinds

interface Look {
  word: string
  icon: LucideIcon
}

/** Names have hyphens here. */
const worded = (name: string): string => wordsOf(name.replaceAll('-', '_'))

export const kindWord = (kind: string): string => named(KINDS, kind, () => worded(kind))

/** What a finding is about. */
export const subjectLook = (type: string): Look => ({ word: worded(type), icon: isItemKind(type) ? ITEMS[type].icon : CircleDashed })
