import { ArrowRightLeft, Ban, CircleCheck, CircleDotDashed, CircleQuestionMark, CircleSlash, ClipboardCheck, ClipboardX, EyeOff, Info, KeyRound, MoonStar, Pencil, Plug, Power, Route, RouteOff, SearchX, Server, ShieldOff, ShieldPlus, Shuffle, ToggleLeft, ToggleRight, Unplug, UserRoundCheck, UserRoundPlus, UsersRound, Workflow, type LucideIcon } from 'lucide-react'
import type { AccessCheck, AccessReason, AccessToChange } from '@/api/types'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { texts } from './texts'

interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

/** Of one pair in several it is said that it is so of some: that is neither a yes nor a no. */
export function verdictLook({ verdict, extent, counts }: Pick<AccessCheck, 'verdict' | 'extent' | 'counts'>): Look {
  if (verdict === 'allowed') {
    return extent === 'all' || counts.pairs <= 1 ? { tone: 'ok', icon: CircleCheck, word: texts.verdicts.allowed } : { tone: 'info', icon: CircleDotDashed, word: texts.verdicts.some }
  }
  if (verdict === 'denied') return { tone: 'bad', icon: Ban, word: texts.verdicts.denied }
  return { tone: 'warn', icon: CircleQuestionMark, word: texts.verdicts.unknown }
}

/** Of one way among several. */
export const wayLook = (verdict: string): Look =>
  named<Look>({ allowed: { tone: 'ok', icon: CircleCheck, word: texts.verdicts.allowed }, denied: { tone: 'bad', icon: Ban, word: texts.verdicts.denied }, unknown: { tone: 'warn', icon: CircleQuestionMark, word: texts.verdicts.unknown } }, verdict.toLowerCase(), (word) => ({ tone: 'warn', icon: CircleQuestionMark, word }))

const REASONS: Record<AccessReason['kind'], Look> = {
  allows: { tone: 'ok', icon: CircleCheck, word: texts.reasonKinds.allows },
  forbids: { tone: 'bad', icon: Ban, word: texts.reasonKinds.forbids },
  'posture-fails': { tone: 'bad', icon: ClipboardX, word: texts.reasonKinds['posture-fails'] },
  'posture-unknown': { tone: 'warn', icon: ClipboardCheck, word: texts.reasonKinds['posture-unknown'] },
  'rule-unknown': { tone: 'warn', icon: CircleQuestionMark, word: texts.reasonKinds['rule-unknown'] },
  disabled: { tone: 'muted', icon: CircleSlash, word: texts.reasonKinds.disabled },
  'other-service': { tone: 'muted', icon: Plug, word: texts.reasonKinds['other-service'] },
  'awaits-approval': { tone: 'warn', icon: UserRoundCheck, word: texts.reasonKinds['awaits-approval'] },
  'login-expired': { tone: 'warn', icon: KeyRound, word: texts.reasonKinds['login-expired'] },
  'target-off': { tone: 'bad', icon: Power, word: texts.reasonKinds['target-off'] },
  'no-router': { tone: 'bad', icon: RouteOff, word: texts.reasonKinds['no-router'] },
  'routes-itself': { tone: 'warn', icon: Shuffle, word: texts.reasonKinds['routes-itself'] },
  'no-route': { tone: 'bad', icon: RouteOff, word: texts.reasonKinds['no-route'] },
  'open-route': { tone: 'ok', icon: Route, word: texts.reasonKinds['open-route'] },
  'other-way': { tone: 'warn', icon: ArrowRightLeft, word: texts.reasonKinds['other-way'] },
  'nothing-leads': { tone: 'muted', icon: SearchX, word: texts.reasonKinds['nothing-leads'] },
  'not-resolved': { tone: 'warn', icon: CircleQuestionMark, word: texts.reasonKinds['not-resolved'] },
  unread: { tone: 'warn', icon: EyeOff, word: texts.reasonKinds.unread },
  'no-policy': { tone: 'bad', icon: ShieldOff, word: texts.reasonKinds['no-policy'] },
  nobody: { tone: 'muted', icon: UsersRound, word: texts.reasonKinds.nobody },
  away: { tone: 'muted', icon: MoonStar, word: texts.reasonKinds.away },
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
