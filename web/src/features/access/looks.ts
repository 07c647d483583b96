import { ArrowRightLeft, Ban, CircleCheck, CircleDotDashed, CircleQuestionMark, CircleSlash, ClipboardCheck, ClipboardX, EyeOff, KeyRound, MoonStar, Plug, Power, Route, RouteOff, ShieldOff, Shuffle, Unplug, UserRoundCheck, UsersRound, type LucideIcon } from 'lucide-react'
import type { AccessCheck, AccessReason } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

/** Of one pair in several it is said that it is so of some: that is neither a yes nor a no. */
export function verdictLook({ verdict, extent, counts }: Pick<AccessCheck, 'verdict' | 'extent' | 'counts'>): Look {
  if (verdict === 'allowed') {
    return extent === 'all' || counts.pairs <= 1 ? { tone: 'ok', icon: CircleCheck, word: 'Allowed' } : { tone: 'info', icon: CircleDotDashed, word: 'Allowed for some' }
  }
  if (verdict === 'denied') return { tone: 'bad', icon: Ban, word: 'Denied' }
  return { tone: 'warn', icon: CircleQuestionMark, word: 'Not known' }
}

const REASONS: Record<AccessReason['kind'], Look> = {
  allows: { tone: 'ok', icon: CircleCheck, word: 'Allows' },
  forbids: { tone: 'bad', icon: Ban, word: 'Forbids' },
  'posture-fails': { tone: 'bad', icon: ClipboardX, word: 'Posture check fails' },
  'posture-unknown': { tone: 'warn', icon: ClipboardCheck, word: 'Posture check not known' },
  'rule-unknown': { tone: 'warn', icon: CircleQuestionMark, word: 'Rule not understood' },
  disabled: { tone: 'muted', icon: CircleSlash, word: 'Switched off' },
  'other-service': { tone: 'muted', icon: Plug, word: 'Other protocol or port' },
  'awaits-approval': { tone: 'warn', icon: UserRoundCheck, word: 'Awaits approval' },
  'login-expired': { tone: 'warn', icon: KeyRound, word: 'Login expired' },
  'target-off': { tone: 'bad', icon: Power, word: 'Target is off' },
  'no-router': { tone: 'bad', icon: RouteOff, word: 'No router' },
  'routes-itself': { tone: 'warn', icon: Shuffle, word: 'Routes by itself' },
  'no-route': { tone: 'bad', icon: RouteOff, word: 'No route' },
  'open-route': { tone: 'ok', icon: Route, word: 'Open route' },
  'other-way': { tone: 'warn', icon: ArrowRightLeft, word: 'Another way' },
  unread: { tone: 'warn', icon: EyeOff, word: 'Could not be read' },
  'no-policy': { tone: 'bad', icon: ShieldOff, word: 'No policy' },
  nobody: { tone: 'muted', icon: UsersRound, word: 'Nobody there' },
  away: { tone: 'muted', icon: MoonStar, word: 'Not online' },
}

export const reasonLook = (kind: string): Look => named<Look>(REASONS, kind.toLowerCase(), (word) => ({ tone: 'muted', icon: Unplug, word: word.replaceAll('-', ' ') }))
