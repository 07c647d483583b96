import { limits } from '@/api/__generated__/limits'
import type { PeerInactiveConfig } from '@/api/types'
import { GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { counted, placeOf } from './words'
import { someGroups, wrongGroups, wrongNumber } from './wrong'

interface Draft {
  days: string
  groups: string[]
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="days" label="Away for, in days" hint="Counted from when NetBird last saw the peer connected." />
      <GroupsField {...props} />
    </>
  )
}

export const peerInactive: ConditionKind<Draft, PeerInactiveConfig> = {
  blank: () => ({ days: '30', groups: [] }),
  draftOf: ({ days, groups = [] }) => ({ days: String(days), groups: [...groups] }),
  wrong: ({ days, groups }) => ({ ...wrongNumber('days', days, limits.PeerInactiveConfig.days, 'days'), ...wrongGroups(groups) }),
  toConfig: ({ days, groups }) => ({ days: Number(days), ...someGroups(groups) }),
  clause: ({ days, groups }) => `one or more peers of ${placeOf(groups)} have been away for ${counted(days, 'day')} or more`,
  Fields,
}
