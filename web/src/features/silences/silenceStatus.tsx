import { BellOff, CalendarClock, CircleCheck, CirclePause, type LucideIcon } from 'lucide-react'
import type { SilenceStatus } from '@/api/types'
import { Badge, type Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { texts } from './texts'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

const STATUS: Record<SilenceStatus, Look> = {
  active: { tone: 'accent', icon: BellOff, word: texts.status.active },
  scheduled: { tone: 'info', icon: CalendarClock, word: texts.status.scheduled },
  off: { tone: 'muted', icon: CirclePause, word: texts.status.off },
  ended: { tone: 'muted', icon: CircleCheck, word: texts.status.ended },
}

export const STATUSES = (['active', 'scheduled', 'off', 'ended'] as const).map((value) => ({ value, ...STATUS[value] }))

const look = (status: string): Look => named<Look>(STATUS, status, (word) => ({ tone: 'muted', icon: CirclePause, word }))

export const statusWord = (status: SilenceStatus): string => look(status).word

export function SilenceBadge({ status }: { status: SilenceStatus }) {
  const { word, ...rest } = look(status)
  return <Badge {...rest}>{word}</Badge>
}
