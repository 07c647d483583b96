import clsx from 'clsx'
import { ArrowLeftRight } from 'lucide-react'
import { useMemo } from 'react'
import type { Rota, RotaShift } from '@/api/types'
import { endsOf, WeekGrid } from '@/components/calendar/WeekGrid'
import { weeksOf, type Bar } from '@/components/calendar/weeks'
import { momentWords, onWords, spanWords } from '@/components/calendar/words'
import { useEverySecond } from '@/lib/ticker'
import { DAY, HOUR, MINUTE } from '@/lib/time'
import { hueOf } from './people'
import { shownZone } from './rotaDraft'
import { texts } from './texts'

interface ShiftProps {
  zone: string
  hue: number
  cut: boolean
}

/** As far ahead as shifts are told. */
const AHEAD = 28 * DAY

/** Whether a shift is cut where they are told no further; when it ends is not known. */
const isCut = ({ to }: RotaShift, now: number): boolean => Date.parse(to) > now + AHEAD - HOUR

const whenWords = ({ from, to }: RotaShift, zone: string, cut: boolean): string => (cut ? onWords(from, zone) : spanWords(from, to, zone))

const words = (shift: RotaShift, zone: string, cut: boolean): string => `${shift.user.name}, ${whenWords(shift, zone, cut)}${shift.isOverride ? texts.words.standsIn : ''}`

const keyOf = ({ from, user }: RotaShift): string => `${from} ${user.id}`

function Shift({ bar, zone, hue, cut }: ShiftProps & { bar: Bar<RotaShift> }) {
  const { span: shift } = bar
  return (
    <span
      title={words(shift, zone, cut)}
      style={{ '--person-hue': hue } as React.CSSProperties}
      className={clsx('person flex h-full items-center gap-1 overflow-hidden px-1.5 text-12 font-medium', endsOf({ goesOn: { before: bar.goesOn.before, after: bar.goesOn.after || cut } }), shift.isOverride && 'outline-1 -outline-offset-1 outline-current outline-dashed')}
    >
      {shift.isOverride && <ArrowLeftRight aria-hidden className="size-3 shrink-0" />}
      <span aria-hidden className="truncate">
        {shift.user.name}
      </span>
      <span className="sr-only">{words(shift, zone, cut)}</span>
    </span>
  )
}

function Row({ shift, zone, hue, cut, isNow }: ShiftProps & { shift: RotaShift; isNow: boolean }) {
  return (
    <li className="flex items-start gap-3 border-t border-line px-4 py-2 first:border-t-0">
      <span aria-hidden style={{ '--person-hue': hue } as React.CSSProperties} className="person mt-1 size-3 shrink-0 rounded-sm outline-1 outline-current" />
      <div className="min-w-0 flex-1 text-14">
        <p className={clsx('wrap-anywhere', isNow && 'font-semibold')}>
          {shift.user.name}
          {isNow && <span className="font-normal text-ok-text"> {texts.row.onCallNow}</span>}
          {shift.isOverride && <span className="font-normal text-text-3"> {texts.row.standsIn}</span>}
        </p>
        <p className="text-13 text-text-3">{whenWords(shift, zone, cut)}</p>
      </div>
    </li>
  )
}

/** Who is on call when, by the clocks of the rota: weeks where there is room for them, else one shift after the other. */
export function Calendar({ rota }: { rota: Rota }) {
  const { shifts, people } = rota
  const zone = shownZone(rota)
  const minute = useEverySecond((now) => Math.floor(now.getTime() / MINUTE))
  const weeks = useMemo(() => weeksOf(shifts, zone, minute * MINUTE, Math.max(0, ...shifts.map(({ to }) => Date.parse(to)))), [shifts, zone, minute])
  const hue = ({ user }: RotaShift) => hueOf(people, user.id)
  const isNow = ({ from, to }: RotaShift) => Date.parse(from) <= minute * MINUTE && minute * MINUTE < Date.parse(to)
  if (shifts.length === 0) return <p className="px-4 pb-4 text-13 text-text-3">{texts.calendar.nobodyOnCallWithin}</p>
  return (
    <>
      <div className="px-4 pb-4 max-sm:hidden">
        <WeekGrid weeks={weeks} keyOf={keyOf}>
          {(bar) => <Shift bar={bar} zone={zone} hue={hue(bar.span)} cut={isCut(bar.span, minute * MINUTE)} />}
        </WeekGrid>
      </div>
      <ol aria-label={texts.calendar.shifts} className="pb-2 sm:hidden">
        {shifts.map((shift) => (
          <Row key={keyOf(shift)} shift={shift} zone={zone} hue={hue(shift)} cut={isCut(shift, minute * MINUTE)} isNow={isNow(shift)} />
        ))}
      </ol>
      <p className="border-t border-line px-4 py-2 text-12 text-text-3">
        {texts.calendar.byClocksWhereNow({ zone: zone.replaceAll('_', ' '), moment: momentWords(new Date(minute * MINUTE).toISOString(), zone) })}
      </p>
    </>
  )
}
