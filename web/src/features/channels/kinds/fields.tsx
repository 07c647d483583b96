import { SelectField } from '@/components/ui/Field'
import { texts } from './texts'
import { REGIONS, type Region } from './words'

interface RegionFieldProps {
  hint: string
  value: Region
  error: string | undefined
  onChange: (region: Region) => void
}

/** Where a service keeps the account. */
export function RegionField({ hint, value, error, onChange }: RegionFieldProps) {
  return (
    <SelectField label={texts.regions.label} hint={hint} value={value} error={error} onChange={(event) => onChange(event.target.value as Region)}>
      {REGIONS.map((region) => (
        <option key={region.value} value={region.value}>
          {region.label}
        </option>
      ))}
    </SelectField>
  )
}
