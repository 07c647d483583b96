import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { BellOff } from 'lucide-react'
import { useMemo } from 'react'
import type { Silence } from '@/api/types'
import { endsOf, WeekGrid } from '@/components/calendar/WeekGrid'
import { weeksOf, type Bar } from '@/components/calendar/weeks'
import { spanWords } from '@/components/calendar/words'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { useEverySecond } from '@/lib/ticker'
import { MINUTE, timeIn } from '@/lib/time'
import { addDays, dayIn, startOfDay, zoneHere } from '@/lib/zones'
import { texts } from './texts'
import { mutedFrom, onDays, type Muted } from './windows'

const DAYS_AHEAD = 28

const keyOf = ({ silence: { id }, from }: Muted): string => `${id} ${from}`

/** "Updates: Mon 30 Nov, 22:00 to Tue 1 Dec, 02:00. All alerts" */
const words = ({ silence: { name, mutes }, from, to }: Muted, zone: string): string => texts.calendar.bar({ name, span: spanWords(from, to, zone), mutes })

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
        {isNow ? texts.calendar.barNow({ words: words(muted, zone) }) : words(muted, zone)}
      </span>
    </Link>
  )
}

function Row({ muted, zone, isNow }: MutedProps) {
  const { silence, from, to } = muted
  const name = (
    <Link to="/silences/$silenceId" params={{ silenceId: silence.id }} className="font-semibold after:absolute after:inset-0 hover:underline">
      {silence.name}
    </Link>
  )
  return (
    <li className="relative border-t border-line px-4 py-2 text-14 first:border-t-0">
      <p className="wrap-anywhere">
        {isNow ? phrase(texts.calendar.now, { name, mark: (words) => <span className="text-accent-text">{words}</span> }) : name}
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
    <Card title={texts.calendar.title} note={muted.length === 0 ? texts.calendar.none : undefined}>
      <div className="px-4 pb-4 max-sm:hidden">
        <WeekGrid weeks={weeks} keyOf={({ muted: one }) => keyOf(one)}>
          {(bar) => <MutedBar bar={bar} muted={bar.span.muted} zone={zone} isNow={isNow(bar.span.muted)} />}
        </WeekGrid>
      </div>
      {muted.length > 0 && (
        <ol aria-label={texts.calendar.label} className="pb-2 sm:hidden">
          {muted.map((one) => (
            <Row key={keyOf(one)} muted={one} zone={zone} isNow={isNow(one)} />
          ))}
        </ol>
      )}
      <p className="border-t border-line px-4 py-2 text-12 text-text-3">
        {phrase(texts.calendar.byOwnClock, { zone: zone.replaceAll('_', ' '), wide: (words) => <span className="max-sm:hidden">{words}</span> })}
        {off > 0 && ` ${texts.calendar.off({ count: off })}`}
      </p>
    </Card>
  )
}
