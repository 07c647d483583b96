import type { AlertPer, LoginExpiredConfig } from '@/api/types'
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
      <AlertPerField {...props} becomes="has to sign in again" />
      <GroupsField {...props} />
    </>
  )
}

export const loginExpired: ConditionKind<Draft, LoginExpiredConfig> = {
  blank: () => ({ alertPer: 'peer', groups: [] }),
  draftOf: ({ alertPer = 'peer', groups = [] }) => ({ alertPer, groups: [...groups] }),
  wrong: ({ groups }) => wrongGroups(groups),
  toConfig: ({ alertPer, groups }) => ({ alertPer, ...someGroups(groups) }),
  clause: ({ alertPer, groups }) => `${subjectOf(alertPer, groups, 'needs', 'need')} to sign in again`,
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  undated: true,
  Fields,
}
