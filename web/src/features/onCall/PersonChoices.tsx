import { useCan } from '@/api/client'
import type { RotaPerson } from '@/api/types'
import { useActiveMembers } from '@/queries/members'
import { texts } from './texts'

interface PersonChoices {
  /** Of the rota. */
  own: readonly RotaPerson[]
  /** Other members of the tenant; undefined until they are there. */
  others: readonly RotaPerson[] | undefined
}

/** Who may take a turn: members who can sign in. */
export function usePersonChoices(own: readonly RotaPerson[], search = ''): PersonChoices {
  const members = useActiveMembers(search, useCan('users:read'))
  return { own: own.filter(({ absence }) => absence !== 'left' && absence !== 'deactivated'), others: members?.filter(({ id }) => own.every((person) => person.id !== id)) }
}

export function PersonOptions({ choices: { own, others } }: { choices: PersonChoices }) {
  const option = ({ id, name }: RotaPerson) => (
    <option key={id} value={id}>
      {name}
    </option>
  )
  return (
    <>
      {own.length > 0 && <optgroup label={texts.personOptions.inRota}>{own.map(option)}</optgroup>}
      {others && others.length > 0 && <optgroup label={texts.personOptions.otherMembers}>{others.map(option)}</optgroup>}
    </>
  )
}
