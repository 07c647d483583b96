import { CircleCheck, CircleDot, CircleDotDashed, Equal, FileWarning, History, CircleHelp, Trash2, type LucideIcon } from 'lucide-react'
import type { ReviewDecision, ReviewIs, ReviewStatus } from '@/api/types'
import { Badge, Mark, type Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { texts } from './texts'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const STATUS: Record<ReviewStatus, Look> = {
  open: { tone: 'info', icon: CircleDot, word: texts.statuses.open },
  partly: { tone: 'info', icon: CircleDotDashed, word: texts.statuses.partly },
  signed: { tone: 'ok', icon: CircleCheck, word: texts.statuses.signed },
}

export const STATUSES = (['open', 'partly', 'signed'] as const).map((value) => ({ value, label: STATUS[value].word, tone: STATUS[value].tone, icon: STATUS[value].icon }))

const DECISION: Record<ReviewDecision, Look> = {
  approved: { tone: 'ok', icon: CircleCheck, word: texts.decisions.approved },
  change_needed: { tone: 'warn', icon: FileWarning, word: texts.decisions.change_needed },
}

const STANDING: Record<ReviewIs, Look> = {
  same: { tone: 'muted', icon: Equal, word: texts.standings.same },
  different: { tone: 'warn', icon: History, word: texts.standings.different },
  gone: { tone: 'bad', icon: Trash2, word: texts.standings.gone },
  unknown: { tone: 'warn', icon: CircleHelp, word: texts.standings.unknown },
}

const unknownLook = (word: string): Look => ({ tone: 'muted', icon: CircleDot, word })

export const statusWord = (status: string): string => named<Look>(STATUS, status, unknownLook).word
export const decisionWord = (decision: string): string => named<Look>(DECISION, decision, unknownLook).word

export function StatusMark({ status }: { status: string }) {
  const { word, ...look } = named<Look>(STATUS, status, unknownLook)
  return <Mark {...look}>{word}</Mark>
}

export function StatusBadge({ status }: { status: string }) {
  const { word, ...look } = named<Look>(STATUS, status, unknownLook)
  return <Badge {...look}>{word}</Badge>
}

export function DecisionMark({ decision }: { decision: string }) {
  const { word, ...look } = named<Look>(DECISION, decision, unknownLook)
  return <Mark {...look}>{word}</Mark>
}

export function StandingMark({ standing }: { standing: string }) {
  const { word, ...look } = named<Look>(STANDING, standing, unknownLook)
  return <Mark {...look}>{word}</Mark>
}
