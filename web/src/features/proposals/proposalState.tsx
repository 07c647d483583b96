import { Archive, CircleCheck, CircleDot, CircleX, type LucideIcon } from 'lucide-react'
import type { ProposalState } from '@/api/types'
import { Badge, Mark, type Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { texts } from './texts'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const LOOKS: Record<ProposalState, Look> = {
  open: { tone: 'info', icon: CircleDot, word: texts.states.open },
  approved: { tone: 'ok', icon: CircleCheck, word: texts.states.approved },
  rejected: { tone: 'bad', icon: CircleX, word: texts.states.rejected },
  closed: { tone: 'muted', icon: Archive, word: texts.states.closed },
}

export const STATES = (['open', 'approved', 'rejected', 'closed'] as const).map((value) => ({ value, label: LOOKS[value].word, tone: LOOKS[value].tone, icon: LOOKS[value].icon }))

const look = (state: string): Look => named<Look>(LOOKS, state, (word) => ({ tone: 'muted', icon: CircleDot, word }))

export const stateWord = (state: ProposalState): string => look(state).word

export function StateBadge({ state }: { state: ProposalState }) {
  const { word, ...rest } = look(state)
  return <Badge {...rest}>{word}</Badge>
}

export function StateMark({ state }: { state: ProposalState }) {
  const { word, ...rest } = look(state)
  return <Mark {...rest}>{word}</Mark>
}
