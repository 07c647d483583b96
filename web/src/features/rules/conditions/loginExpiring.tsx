import { limits } from '@/api/__generated__/limits'
import type { AlertPer, LoginExpiringConfig } from '@/api/types'
import { AlertPerField, GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { lasting, subjectOf } from './words'
import { wholeNumber } from './wholeNumber'
import { someGroups, wrongGroups, wrongNumber } from './wrong'

interface Draft {
  hours: string
  alertPer: AlertPer
  groups: string[]
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="hours" label="How long before it expires, in hours" hint="Where logins last less than twice as long, it counts from when half of that is over. Peers whose login does not expire are not watched." />
      <AlertPerField {...props} becomes="must sign in soon" />
      <GroupsField {...props} />
    </>
  )
}

export const loginExpiring: ConditionKind<Draft, LoginExpiringConfig> = {
  blank: () => ({ hours: '24', alertPer: 'peer', groups: [] }),
  draftOf: ({ hours, alertPer = 'peer', groups = [] }) => ({ hours: String(hours), alertPer, groups: [...groups] }),
  wrong: ({ hours, groups }) => ({ ...wrongNumber('hours', hours, limits.LoginExpiringConfig.hours, 'hours'), ...wrongGroups(groups) }),
  toConfig: ({ hours, alertPer, groups }) => ({ hours: Number(hours), alertPer, ...someGroups(groups) }),
  clause: ({ hours, alertPer, groups }) => {
    const length = wholeNumber(hours, 0)
    return `${subjectOf(alertPer, groups, 'must', 'must')} sign in again within ${lasting(length === undefined ? undefined : length * 60)}`
  },
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  Fields,
}
