import clsx from 'clsx'
import type { ReactNode } from 'react'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'
import { dayWords, weekdayWords } from './words'
import type { Bar, Week } from './weeks'

/** Height of a line of bars with the gap below it, and of what stands above the first. */
const LINE = 28
const DATES = 28

interface WeekGridProps<S> {
  weeks: readonly Week<S>[]
  keyOf: (span: S) => string
  children: (bar: Bar<S>) => ReactNode
}

/** Weeks below each other, a column for each day: what is in them is a list for each week. */
export function WeekGrid<S>({ weeks, keyOf, children }: WeekGridProps<S>) {
  return (
    <>
      <div aria-hidden className="grid grid-cols-7 pb-1 text-12 text-text-3">
        {weeks[0]?.days.map(({ day }) => (
          <span key={day} className="pl-1.5">
            {weekdayWords(day)}
          </span>
        ))}
      </div>
      {weeks.map(({ days, bars, lines }) => (
        <div key={days[0]?.day} className="relative border-t border-line">
          <div aria-hidden className="grid grid-cols-7" style={{ height: DATES + Math.max(1, lines) * LINE + 8 }}>
            {days.map(({ day, isToday, isPast }) => (
              <span key={day} className={clsx('border-l border-line px-1.5 pt-1 text-12 first:border-l-0', isPast && 'bg-surface-0 text-text-3', isToday && 'bg-accent-soft')}>
                {isToday ? (
                  <strong className="font-semibold text-accent-text">
                    {phrase(texts.today, { day: <span className="max-xl:hidden">{dayWords(day)}</span> })}
                  </strong>
                ) : (
                  dayWords(day)
                )}
              </span>
            ))}
          </div>
          {bars.length > 0 && (
            <ol aria-label={texts.weekFrom({ day: dayWords(days[0]?.day ?? '') })} className="absolute inset-0">
              {bars.map((bar) => (
                <li key={keyOf(bar.span)} style={{ left: `${bar.left * 100}%`, width: `${bar.width * 100}%`, top: DATES + bar.line * LINE, height: LINE - 4 }} className="absolute px-px">
                  {children(bar)}
                </li>
              ))}
            </ol>
          )}
        </div>
      ))}
    </>
  )
}

/** The ends of a bar: round where it begins or ends, open where it goes on in another week. */
export const endsOf = ({ goesOn }: Pick<Bar<unknown>, 'goesOn'>): string => clsx(!goesOn.before && 'rounded-l-md', !goesOn.after && 'rounded-r-md')
