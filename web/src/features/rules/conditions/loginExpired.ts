import type { LoginExpiredConfig } from '@/api/types'
import { GroupsField } from './fields'
import type { ConditionKind } from './kind'
import { placeOf } from './words'
import { someGroups, wrongGroups } from './wrong'

interface Draft {
  groups: string[]
}

export const loginExpired: ConditionKind<Draft, LoginExpiredConfig> = {
  blank: () => ({ groups: [] }),
  draftOf: ({ groups = [] }) => ({ groups: [...groups] }),
  wrong: ({ groups }) => wrongGroups(groups),
  toConfig: ({ groups }) => someGroups(groups),
  clause: ({ groups }) => `any peer of ${placeOf(groups)} needs to sign in again`,
  tellsEach: () => true,
  Fields: GroupsField,
}
