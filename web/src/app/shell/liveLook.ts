import { CloudOff, Radio, Timer, type LucideIcon } from 'lucide-react'
import type { Tone } from '@/components/ui/Badge'
import type { LiveState, Unlive } from '@/live/status'

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
  cut: 'The live connection is down. This page asks for what is new every 30 s, and catches up once it is back.',
  busy: 'The server has no room for another live connection now. This page asks for what is new every 30 s, and tries again.',
  refused: 'The server refused live updates for this page. It asks for what is new every 30 s. Load it again to try once more.',
}

/** How what is on screen is kept up to date; nothing while that is being found out. */
export function liveLook(state: LiveState, lostAt: number | null): LiveLook | null {
  if (state.is === 'off' || state.is === 'connecting') return null
  if (lostAt !== null) return { tone: 'muted', icon: CloudOff, text: 'No updates', why: 'The server does not answer. This page reconnects by itself.', since: lostAt }
  if (state.is === 'live') return { tone: 'ok', icon: Radio, text: 'Live', why: 'Alerts and peers change here as soon as the platform knows.', since: state.since }
  return { tone: 'muted', icon: Timer, text: 'Updates every 30 s', why: WHY[state.why], since: state.since }
}
