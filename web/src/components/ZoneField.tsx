import { texts } from './texts/questions'
import { SelectField } from './ui/Field'

interface ZoneFieldProps {
  value: string
  hint?: string
  error?: string | undefined
  onChange: (zone: string) => void
}

/** Whose clocks count: one of the zones that the browser knows, or that which was chosen elsewhere. */
export function ZoneField({ value, hint, error, onChange }: ZoneFieldProps) {
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <SelectField label={texts.zoneField.label} hint={hint} value={value} error={error} onChange={(event) => onChange(event.target.value)}>
      {(zones.includes(value) ? zones : [value, ...zones]).map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </SelectField>
  )
}
