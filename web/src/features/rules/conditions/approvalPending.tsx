import type { AlertPer, ApprovalPendingConfig } from '@/api/types'
import { AlertPerField, GroupsField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { subjectOf } from './words'
import { someGroups, wrongGroups } from './wrong'

interface Draft {
  alertPer: AlertPer
  groups: string[]
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <AlertPerField {...props} becomes="comes to wait" />
      <GroupsField {...props} />
    </>
  )
}

export const approvalPending: ConditionKind<Draft, ApprovalPendingConfig> = {
  blank: () => ({ alertPer: 'peer', groups: [] }),
  draftOf: ({ alertPer = 'peer', groups = [] }) => ({ alertPer, groups: [...groups] }),
  wrong: ({ groups }) => wrongGroups(groups),
  toConfig: ({ alertPer, groups }) => ({ alertPer, ...someGroups(groups) }),
  clause: ({ alertPer, groups }) => `${subjectOf(alertPer, groups, 'awaits', 'await')} approval`,
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  undated: true,
  Fields,
}
