import { CircleCheck, CircleDashed, CircleHelp, CircleX, Radar, RotateCcw, ScrollText, Unplug, Zap, type LucideIcon } from 'lucide-react'
import type { Event } from '@/api/types'
import { named } from '@/lib/named'
import type { Tone } from './ui/Badge'

type Seen = NonNullable<Event['seen']>

interface Look {
  icon: LucideIcon
  tone: Tone
}

const LOOKS: Readonly<Record<Seen['kind'], Look>> = {
  peer_offline: { icon: CircleX, tone: 'bad' },
  peer_online: { icon: CircleCheck, tone: 'ok' },
  peer_flap: { icon: Zap, tone: 'warn' },
  peer_unconfirmed: { icon: CircleDashed, tone: 'warn' },
  server_restarted: { icon: RotateCcw, tone: 'info' },
  account_unread: { icon: Unplug, tone: 'warn' },
}

/** How something that the platform saw is shown; also a kind that only a newer server knows. */
export const seenLook = (kind: string): Look => named<Look>(LOOKS, kind, () => ({ icon: Radar, tone: 'muted' }))

interface SourceLook {
  word: string
  icon: LucideIcon
  title: string
}

/** Who tells of an event. */
export const SOURCES: Readonly<Record<Event['source'], SourceLook>> = {
  netbird: { word: 'NetBird', icon: ScrollText, title: 'From NetBird’s activity log' },
  platform: { word: 'Platform', icon: Radar, title: 'Seen by the platform, which NetBird’s log does not tell' },
}

/** Also of somebody whom only a newer server knows. */
export const sourceLook = (source: string): SourceLook => named<SourceLook>(SOURCES, source, (word) => ({ word, icon: CircleHelp, title: word }))
