import { limits } from '@/api/__generated__/limits'
import type { AlertPer, PeerInactiveConfig } from '@/api/types'
import { AlertPerField, GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { counted, subjectOf } from './words'
import { someGroups, wrongGroups, wrongNumber } from './wrong'

interface Draft {
  days: string
  alertPer: AlertPer
  groups: string[]
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="days" label="Away for, in days" hint="Counted from when NetBird last saw the peer connected." />
      <AlertPerField {...props} becomes="is away for so long" />
      <GroupsField {...props} />
    </>
  )
}

export const peerInactive: ConditionKind<Draft, PeerInactiveConfig> = {
  blank: () => ({ days: '30', alertPer: 'peer', groups: [] }),
  draftOf: ({ days, alertPer = 'rule', groups = [] }) => ({ days: String(days), alertPer, groups: [...groups] }),
  wrong: ({ days, groups }) => ({ ...wrongNumber('days', days, limits.PeerInactiveConfig.days, 'days'), ...wrongGroups(groups) }),
  toConfig: ({ days, alertPer, groups }) => ({ days: Number(days), alertPer, ...someGroups(groups) }),
  clause: ({ days, alertPer, groups }) => `${subjectOf(alertPer, groups, 'has', 'have')} been away for ${counted(days, 'day')} or more`,
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  Fields,
}
