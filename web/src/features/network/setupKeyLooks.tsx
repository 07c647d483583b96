import { Ban, CircleCheck, CircleSlash, Gauge, Infinity as Endless, TimerOff, TriangleAlert } from 'lucide-react'
import type { SetupKey } from '@/api/types'
import { Mark } from '@/components/ui/Badge'
import { wordsOf } from '@/lib/named'
import { namesOf } from '@/lib/refs'
import { useEverySecond } from '@/lib/ticker'
import { absolute } from '@/lib/time'
import { expiryOf, stateAt } from './expiry'
import { texts } from './texts'

export const STATES = [
  { value: 'valid', label: texts.setupKeys.states.valid, tone: 'ok', icon: CircleCheck },
  { value: 'overused', label: texts.setupKeys.states.overused, tone: 'muted', icon: Gauge },
  { value: 'expired', label: texts.setupKeys.states.expired, tone: 'bad', icon: TimerOff },
  { value: 'revoked', label: texts.setupKeys.states.revoked, tone: 'muted', icon: Ban },
] as const

export const TYPES = [
  { value: 'reusable', label: texts.setupKeys.types.reusable },
  { value: 'one-off', label: texts.setupKeys.types['one-off'] },
] as const

const wordOf = (known: readonly { value: string; label: string }[]) => (value: string): string => known.find((one) => one.value === value)?.label ?? wordsOf(value)
export const stateWord = wordOf(STATES)
export const typeWord = wordOf(TYPES)

export function State({ of: key }: { of: SetupKey }) {
  const state = useEverySecond((now) => stateAt(key, now))
  const { tone, icon } = STATES.find(({ value }) => value === state) ?? { tone: 'muted' as const, icon: CircleSlash }
  return (
    <Mark tone={tone} icon={icon}>
      {stateWord(state)}
    </Mark>
  )
}

export function Expires({ of: key }: { of: SetupKey }) {
  // Texts are compared, so that a second that changes nothing draws nothing.
  const [kind, text] = useEverySecond((now) => Object.values(expiryOf(key, now)).join('|')).split('|')
  const title = key.expires ? absolute(new Date(key.expires)) : undefined
  if (kind === 'soon') {
    return (
      <span title={title}>
        <Mark tone="warn" icon={TriangleAlert}>
          {text}
        </Mark>
      </span>
    )
  }
  if (kind === 'never') {
    return (
      <Mark tone={key.state === 'valid' ? 'info' : 'muted'} icon={Endless}>
        {text}
      </Mark>
    )
  }
  return (
    <span className={kind === 'past' ? 'text-text-3' : 'text-text-2'} title={title}>
      {text}
    </span>
  )
}

export const used = ({ usedTimes, usageLimit }: SetupKey): string => texts.setupKeys.usedTimes({ used: usedTimes, limit: usageLimit })

/** What it does, in a line. */
export const keyInWords = ({ type, autoGroups, autoGroupsCount, ephemeral, allowExtraDnsLabels }: SetupKey): string =>
  texts.setupKeys.keyInWords({ type: typeWord(type), groups: autoGroups.length === 0 ? '' : namesOf(autoGroups, autoGroupsCount), isEphemeral: ephemeral, mayName: allowExtraDnsLabels })
