import clsx from 'clsx'
import { CircleCheck, CircleX } from 'lucide-react'
import type { DeliveryTry } from '@/api/types'
import { phrase } from '@/lib/phrase'
import { useEverySecond } from '@/lib/ticker'
import { ago } from '@/lib/time'
import { tryWords } from './deliveryWords'
import { texts } from './texts/deliveries'
import { Clock } from './Time'
import { TEXT_TONE } from './ui/Badge'

/** Less than that is not counted down: clocks differ, and senders take turns. */
const SOON_MS = 30_000

function Next({ at }: { at: string }) {
  const due = new Date(at)
  const words = useEverySecond((now) => (due.getTime() - now.getTime() > SOON_MS ? texts.attempts.next({ when: ago(due, now) }) : texts.attempts.nextIsDue))
  return <p className="pb-1 text-13 text-text-2">{words}</p>
}

function Outcome({ one }: { one: DeliveryTry }) {
  const isGood = one.error == null
  const Icon = isGood ? CircleCheck : CircleX
  return (
    <span className={clsx('flex min-w-0 items-start gap-1.5', TEXT_TONE[isGood ? 'ok' : 'bad'])}>
      <Icon aria-hidden className="mt-0.75 size-3.5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{tryWords(one)}</span>
    </span>
  )
}

interface AttemptsProps {
  /** The last ones, oldest first. */
  tries: readonly DeliveryTry[]
  /** How many there were before those. */
  earlier: number
  /** When it is tried next, if it is. */
  nextAt: string | undefined
}

/** Every attempt to deliver something: when, what came of it, how long it took and what was answered; newest first. */
export function Attempts({ tries, earlier, nextAt }: AttemptsProps) {
  const numbered = tries.map((one, index) => ({ ...one, number: earlier + index + 1 })).reverse()
  return (
    <>
      {nextAt !== undefined && <Next at={nextAt} />}
      <ol aria-label={texts.attempts.label}>
        {numbered.map((one) => (
          <li key={one.number} className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-1 border-t border-line py-2 text-13 first:border-t-0">
            <span className="text-text-3 tabular-nums">
              {phrase(texts.attempts.attempt, { number: one.number, hidden: (words) => <span className="sr-only">{words}</span> })}
            </span>
            <div className="min-w-0">
              <div className="flex flex-wrap items-start justify-between gap-x-3">
                <Outcome one={one} />
                <Clock at={one.at} seconds className="text-text-3" />
              </div>
              {one.answer && <p className="mt-0.5 wrap-anywhere text-text-3">{texts.attempts.said({ answer: one.answer })}</p>}
            </div>
          </li>
        ))}
      </ol>
      {earlier > 0 && <p className="border-t border-line pt-2 text-12 text-text-3">{texts.attempts.earlier({ count: earlier })}</p>}
    </>
  )
}
