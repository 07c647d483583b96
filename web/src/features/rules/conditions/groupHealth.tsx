import { limits } from '@/api/__generated__/limits'
import type { GroupHealthConfig } from '@/api/types'
import { wholeNumber } from './wholeNumber'
import { GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { BLANK, placeOf } from './words'
import { someGroups, wrongGroups, wrongNumber } from './wrong'

interface Draft {
  percent: string
  groups: string[]
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="percent" label="Online at least, in percent" hint="Alerts when fewer are. 100 alerts as soon as one is offline." />
      <GroupsField {...props} />
    </>
  )
}

export const groupHealth: ConditionKind<Draft, GroupHealthConfig> = {
  blank: () => ({ percent: '80', groups: [] }),
  draftOf: ({ percent, groups = [] }) => ({ percent: String(percent), groups: [...groups] }),
  wrong: ({ percent, groups }) => ({ ...wrongNumber('percent', percent, limits.GroupHealthConfig.percent, 'percent'), ...wrongGroups(groups) }),
  toConfig: ({ percent, groups }) => ({ percent: Number(percent), ...someGroups(groups) }),
  clause: ({ percent, groups }) => `less than ${wholeNumber(percent, 0) ?? BLANK} % of the peers of ${placeOf(groups)} are online`,
  Fields,
}
