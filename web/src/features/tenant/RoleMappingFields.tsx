import { Plus, Trash2 } from 'lucide-react'
import type { GivenRole } from '@/api/types'
import type { FieldErrors } from '@/components/formErrors'
import { roleTitle } from '@/components/roles'
import { Button, IconButton } from '@/components/ui/Button'
import { SelectField, TextField } from '@/components/ui/Field'
import { GIVEN_ROLES, type Mapping } from './ssoDraft'
import { texts } from './texts'

interface RoleMappingFieldsProps {
  mapping: readonly Mapping[]
  errors: FieldErrors
  onChange: (mapping: Mapping[]) => void
}

/** Which value of the claim gives which role; the largest role that fits counts. */
export function RoleMappingFields({ mapping, errors, onChange }: RoleMappingFieldsProps) {
  const change = (key: number, part: Partial<Mapping>) => onChange(mapping.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <div className="flex flex-col gap-2">
      {mapping.map(({ key, value, role }, index) => (
        <div key={key} className="flex flex-wrap items-start gap-2">
          <TextField
            label={texts.roleMappingFields.value({ index: index + 1 })}
            spellCheck={false}
            autoCapitalize="none"
            placeholder={texts.roleMappingFields.placeholder}
            className="min-w-36 flex-1"
            value={value}
            error={errors[`/roleMapping/${index}/value`] ?? errors[`/roleMapping/${index}`]}
            onChange={(event) => change(key, { value: event.target.value })}
          />
          <SelectField
            label={texts.roleMappingFields.role({ index: index + 1 })}
            className="w-40"
            value={role}
            error={errors[`/roleMapping/${index}/role`]}
            onChange={(event) => change(key, { role: event.target.value as GivenRole })}
          >
            {GIVEN_ROLES.map((given) => (
              <option key={given} value={given}>
                {roleTitle(given)}
              </option>
            ))}
          </SelectField>
          <IconButton label={texts.roleMappingFields.removeValue({ index: index + 1 })} icon={Trash2} className="mt-5.5" onClick={() => onChange(mapping.filter((row) => row.key !== key))} />
        </div>
      ))}
      <div>
        <Button icon={Plus} onClick={() => onChange([...mapping, { key: Math.max(-1, ...mapping.map(({ key }) => key)) + 1, value: '', role: 'viewer' }])}>
          {texts.roleMappingFields.addValue}
        </Button>
      </div>
    </div>
  )
}
