import { Ban, CircleCheck, CircleDotDashed, CircleQuestionMark, EyeOff, Minus, UsersRound, type LucideIcon } from 'lucide-react'
import type { Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import type { State } from './places'
import { texts } from './texts'

export interface Look {
  tone: Tone
  icon: LucideIcon
  word: string
}

/** The same words and marks as an answer to one question has. */
const LOOKS: Record<State, Look> = {
  allowed: { tone: 'ok', icon: CircleCheck, word: texts.states.allowed },
  partial: { tone: 'info', icon: CircleDotDashed, word: texts.states.partial },
  unknown: { tone: 'warn', icon: CircleQuestionMark, word: texts.states.unknown },
  denied: { tone: 'bad', icon: Ban, word: texts.states.denied },
  nothing: { tone: 'muted', icon: Minus, word: texts.states.nothing },
  nobody: { tone: 'muted', icon: UsersRound, word: texts.states.nobody },
  omitted: { tone: 'warn', icon: EyeOff, word: texts.states.omitted },
}

/** In the order in which they are counted. */
export const STATES = Object.keys(LOOKS) as State[]

/** A verdict that only a newer API gives is told in its own word, and is no good news. */
export const lookOf = (state: string): Look => named<Look>(LOOKS, state, (word) => ({ tone: 'warn', icon: CircleQuestionMark, word }))
