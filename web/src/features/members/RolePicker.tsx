import { useId } from 'react'
import { useCan } from '@/api/client'
import type { Role } from '@/api/types'
import { useAccountLock } from '@/components/accountLock'
import { ROLES, roleTitle } from '@/components/roles'
import { FieldMessage } from '@/components/ui/Field'
import { useRoles } from '@/queries/members'
import { texts } from './texts'

interface RolePickerProps {
  value: Role
  /** What they are now. */
  present?: Role
  error: string | undefined
  onChange: (role: Role) => void
}

/** One of the roles that the signed-in person may give. */
export function RolePicker({ value, present, error, onChange }: RolePickerProps) {
  const { data } = useRoles()
  const ownsTenant = useCan('tenant:transfer')
  // Making an owner takes the password of one.
  const lacksPassword = useAccountLock() !== null
  const mayMakeOwners = ownsTenant && !lacksPassword
  const id = useId()
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex flex-col gap-1">
      <legend className="mb-1 text-13 font-medium">{texts.rolePicker.role}</legend>
      {ROLES.filter((role) => role !== 'owner' || mayMakeOwners || present === 'owner').map((role) => (
        <div key={role} className="flex flex-col">
          <label htmlFor={`${id}-${role}`} className="flex min-h-6 cursor-pointer items-center gap-2 text-13 font-medium touch:min-h-11">
            <input
              id={`${id}-${role}`}
              type="radio"
              name={id}
              aria-describedby={`${id}-${role}-hint`}
              className="size-4 shrink-0 accent-accent"
              checked={value === role}
              onChange={() => onChange(role)}
            />
            {roleTitle(role)}
          </label>
          <p id={`${id}-${role}-hint`} className="min-h-4 pl-6 text-12 text-text-3">
            {data?.find(({ name }) => name === role)?.description}
          </p>
        </div>
      ))}
      {ownsTenant && lacksPassword && <p className="text-12 text-text-3">{texts.rolePicker.onlyOwnerWhoSigned}</p>}
      {error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}
    </fieldset>
  )
}
