import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { BellOff } from 'lucide-react'
import { useMemo } from 'react'
import type { Silence } from '@/api/types'
import { endsOf, WeekGrid } from '@/components/calendar/WeekGrid'
import { weeksOf, type Bar } from '@/components/calendar/weeks'
import { spanWords } from '@/components/calendar/words'
import { Card } from '@/components/ui/Card'
import { plural } from '@/lib/numbers'
import { useEverySecond } from '@/lib/ticker'
import { MINUTE, timeIn } from '@/lib/time'
import { addDays, dayIn, startOfDay, zoneHere } from '@/lib/zones'
import { mutedFrom, onDays, type Muted } from './windows'

const DAYS_AHEAD = 28

const keyOf = ({ silence: { id }, from }: Muted): string => `${id} ${from}`

/** "Updates: Mon 30 Nov, 22:00 to Tue 1 Dec, 02:00. All alerts" */
const words = ({ silence: { name, mutes }, from, to }: Muted, zone: string): string => `${name}: ${spanWords(from, to, zone)}. ${mutes}`

interface MutedProps {
  muted: Muted
  zone: string
  isNow: boolean
}

function MutedBar({ bar, muted, zone, isNow }: MutedProps & { bar: Bar<unknown> }) {
  const { silence, from } = muted
  return (
    <Link
      to="/silences/$silenceId"
      params={{ silenceId: silence.id }}
      title={words(muted, zone)}
      className={clsx('flex h-full items-center gap-1 overflow-hidden px-1.5 text-12 font-medium hover:underline', endsOf(bar), isNow ? 'bg-accent text-on-accent' : 'bg-info-soft text-info-text')}
    >
      {isNow && <BellOff aria-hidden className="size-3 shrink-0" />}
      {!bar.goesOn.before && (
        <span aria-hidden className="shrink-0 font-normal tabular-nums max-lg:hidden">
          {timeIn(zone, new Date(from))}
        </span>
      )}
      <span aria-hidden className="truncate">
        {silence.name}
      </span>
      <span className="sr-only">
        {words(muted, zone)}
        {isNow && ', now'}
      </span>
    </Link>
  )
}

function Row({ muted, zone, isNow }: MutedProps) {
  const { silence, from, to } = muted
  return (
    <li className="relative border-t border-line px-4 py-2 text-14 first:border-t-0">
      <p className="wrap-anywhere">
        <Link to="/silences/$silenceId" params={{ silenceId: silence.id }} className="font-semibold after:absolute after:inset-0 hover:underline">
          {silence.name}
        </Link>
        {isNow && <span className="text-accent-text"> · now</span>}
      </p>
      <p className="text-13 text-text-2">{spanWords(from, to, zone)}</p>
      <p className="text-13 wrap-anywhere text-text-3">{silence.mutes}</p>
    </li>
  )
}

/** What is muted when within the coming four weeks, by the reader's own clock: weeks where there is room for them, else one after the other. */
export function SilencesCalendar({ silences }: { silences: readonly Silence[] }) {
  const zone = zoneHere()
  const minute = useEverySecond((now) => Math.floor(now.getTime() / MINUTE))
  const { weeks, muted } = useMemo(() => {
    const now = minute * MINUTE
    const until = startOfDay(zone, addDays(dayIn(zone, now), DAYS_AHEAD))
    const all = mutedFrom(silences, now, until)
    return {
      muted: all,
      weeks: weeksOf(
        all.map((one) => onDays(one, zone)),
        zone,
        now,
        until,
      ),
    }
  }, [silences, zone, minute])
  const isNow = ({ from, to }: Muted) => Date.parse(from) <= minute * MINUTE && minute * MINUTE < Date.parse(to)
  const off = silences.filter(({ status }) => status === 'off').length
  return (
    <Card title="Next four weeks" note={muted.length === 0 ? 'nothing is muted' : undefined}>
      <div className="px-4 pb-4 max-sm:hidden">
        <WeekGrid weeks={weeks} keyOf={({ muted: one }) => keyOf(one)}>
          {(bar) => <MutedBar bar={bar} muted={bar.span.muted} zone={zone} isNow={isNow(bar.span.muted)} />}
        </WeekGrid>
      </div>
      {muted.length > 0 && (
        <ol aria-label="What is muted" className="pb-2 sm:hidden">
          {muted.map((one) => (
            <Row key={keyOf(one)} muted={one} zone={zone} isNow={isNow(one)} />
          ))}
        </ol>
      )}
      <p className="border-t border-line px-4 py-2 text-12 text-text-3">
        By your own clock, {zone.replaceAll('_', ' ')}. <span className="max-sm:hidden">What is over within a day stands on the day on which it begins.</span>
        {off > 0 && ` ${plural(off, 'silence is', 'silences are')} switched off and not shown.`}
      </p>
    </Card>
  )
}
