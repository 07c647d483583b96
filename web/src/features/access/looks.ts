import { ArrowRightLeft, Ban, CircleCheck, CircleDotDashed, CircleQuestionMark, CircleSlash, ClipboardCheck, ClipboardX, EyeOff, Info, KeyRound, MoonStar, Pencil, Plug, Power, Route, RouteOff, SearchX, Server, ShieldOff, ShieldPlus, Shuffle, ToggleLeft, ToggleRight, Unplug, UserRoundCheck, UserRoundPlus, UsersRound, Workflow, type LucideIcon } from 'lucide-react'
import type { AccessCheck, AccessReason, AccessToChange } from '@/api/types'
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

/** Of one way among several. */
export const wayLook = (verdict: string): Look =>
  named<Look>({ allowed: { tone: 'ok', icon: CircleCheck, word: 'Allowed' }, denied: { tone: 'bad', icon: Ban, word: 'Denied' }, unknown: { tone: 'warn', icon: CircleQuestionMark, word: 'Not known' } }, verdict.toLowerCase(), (word) => ({ tone: 'warn', icon: CircleQuestionMark, word }))

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
  'nothing-leads': { tone: 'muted', icon: SearchX, word: 'Nothing leads there' },
  'not-resolved': { tone: 'warn', icon: CircleQuestionMark, word: 'Name not known here' },
  unread: { tone: 'warn', icon: EyeOff, word: 'Could not be read' },
  'no-policy': { tone: 'bad', icon: ShieldOff, word: 'No policy' },
  nobody: { tone: 'muted', icon: UsersRound, word: 'Nobody there' },
  away: { tone: 'muted', icon: MoonStar, word: 'Not online' },
}

export const reasonLook = (kind: string): Look => named<Look>(REASONS, kind.toLowerCase(), (word) => ({ tone: 'muted', icon: Unplug, word: word.replaceAll('-', ' ') }))

/** What kind of change it is that would turn an answer. */
const CHANGES: Record<AccessToChange['kind'], LucideIcon> = {
  'switch-on': ToggleRight,
  'add-service': Plug,
  'add-source': UserRoundPlus,
  'remove-drop': ShieldOff,
  'remove-posture': ClipboardX,
  'pass-posture': ClipboardCheck,
  'target-on': Power,
  'router-on': Workflow,
  'add-router': Workflow,
  'give-route': Route,
  'new-policy': ShieldPlus,
  'switch-off': ToggleLeft,
  forbid: Ban,
  'target-off': Power,
  'close-route': RouteOff,
  'add-target': Server,
  'find-out': CircleQuestionMark,
  none: Info,
}

export const changeLook = (kind: string): { icon: LucideIcon } => ({ icon: named<LucideIcon>(CHANGES, kind.toLowerCase(), () => Pencil) })
