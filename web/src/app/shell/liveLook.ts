import { CloudOff, Radio, Timer, type LucideIcon } from 'lucide-react'
import type { Tone } from '@/components/ui/Badge'
import type { LiveState, Unlive } from '@/live/status'
import { texts } from './texts'

export interface LiveLook {
  tone: Tone
  icon: LucideIcon
  text: string
  /** What that means, and what comes of it. */
  why: string
  /** Since when, in milliseconds since 1970. */
  since: number
}

const WHY: Record<Unlive, string> = {
  cut: texts.live.cut,
  busy: texts.live.busy,
  refused: texts.live.refused,
}

/** How what is on screen is kept up to date; nothing while that is being found out. */
export function liveLook(state: LiveState, lostAt: number | null): LiveLook | null {
  if (state.is === 'off' || state.is === 'connecting') return null
  if (lostAt !== null) return { tone: 'muted', icon: CloudOff, text: texts.live.lost, why: texts.live.lostWhy, since: lostAt }
  if (state.is === 'live') return { tone: 'ok', icon: Radio, text: texts.live.live, why: texts.live.liveWhy, since: state.since }
  return { tone: 'muted', icon: Timer, text: texts.live.polls, why: WHY[state.why], since: state.since }
}
