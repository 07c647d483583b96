import { HOUR } from '@/lib/time'
import { texts } from './texts/questions'
import { SelectField, TextField } from './ui/Field'

/** For how long: a number of hours, or until a moment as the browser's field has it. */
export interface Pause {
  hours: string
  until: string
}

const UNTIL = 'until'

const CHOICES = [
  ['1', texts.pauseFields.hour],
  ['4', texts.pauseFields.hours4],
  ['8', texts.pauseFields.hours8],
  ['24', texts.pauseFields.day],
  ['72', texts.pauseFields.days3],
  ['168', texts.pauseFields.week],
  ['720', texts.pauseFields.days30],
  [UNTIL, texts.pauseFields.untilTime],
] as const

export const newPause = (): Pause => ({ hours: '8', until: '' })

/** The moment of its end; none while nothing sensible is entered. */
export function endOf({ hours, until }: Pause, now = Date.now()): string | undefined {
  const end = hours === UNTIL ? Date.parse(until) : now + Number(hours) * HOUR
  return Number.isFinite(end) ? new Date(end).toISOString() : undefined
}

interface PauseFieldsProps {
  pause: Pause
  error: string | undefined
  onChange: (pause: Pause) => void
}

export function PauseFields({ pause, error, onChange }: PauseFieldsProps) {
  const isUntil = pause.hours === UNTIL
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField label={texts.pauseFields.for} value={pause.hours} error={isUntil ? undefined : error} onChange={(event) => onChange({ ...pause, hours: event.target.value })}>
        {CHOICES.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {isUntil && <TextField label={texts.pauseFields.until} type="datetime-local" required value={pause.until} error={error} onChange={(event) => onChange({ ...pause, until: event.target.value })} />}
    </div>
  )
}
