import { limits } from '@/api/__generated__/limits'
import { SelectField } from '@/components/ui/Field'
import { texts } from './texts'

const { minimum, maximum } = limits.NewAccount.syncIntervalSeconds
const USUAL = [60, 120, 300, 600, 900, 1800, 3600].filter((seconds) => seconds >= minimum && seconds <= maximum)

interface IntervalFieldProps {
  seconds: number
  error: string | undefined
  onChange: (seconds: number) => void
}

/** How often an account is read. What somebody chose by the API is among the choices. */
export function IntervalField({ seconds, error, onChange }: IntervalFieldProps) {
  const choices = USUAL.includes(seconds) ? USUAL : [...USUAL, seconds].sort((a, b) => a - b)
  return (
    <SelectField label={texts.interval.label} hint={texts.interval.hint} value={seconds} error={error} onChange={(event) => onChange(Number(event.target.value))}>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {texts.interval.every({ minutes: choice / 60 })}
        </option>
      ))}
    </SelectField>
  )
}
