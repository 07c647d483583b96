import type { ApprovalPendingConfig } from '@/api/types'
import { GroupsField } from './fields'
import type { ConditionKind } from './kind'
import { placeOf } from './words'
import { someGroups, wrongGroups } from './wrong'

interface Draft {
  groups: string[]
}

export const approvalPending: ConditionKind<Draft, ApprovalPendingConfig> = {
  blank: () => ({ groups: [] }),
  draftOf: ({ groups = [] }) => ({ groups: [...groups] }),
  wrong: ({ groups }) => wrongGroups(groups),
  toConfig: ({ groups }) => someGroups(groups),
  clause: ({ groups }) => `any peer of ${placeOf(groups)} awaits approval`,
  tellsEach: () => true,
  Fields: GroupsField,
}
