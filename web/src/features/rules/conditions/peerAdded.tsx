import { limits } from '@/api/__generated__/limits'
import type { AlertPer, PeerAddedConfig } from '@/api/types'
import { AlertPerField, GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { placeOf } from './words'
import { someGroups, wrongGroups, wrongNumber } from './wrong'

interface Draft {
  window: string
  alertPer: AlertPer
  groups: string[]
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="window" label="A peer is new for, in minutes" hint="So long its alert is open. Who was there before the rule is no news." />
      <AlertPerField {...props} becomes="joins" />
      <GroupsField {...props} />
    </>
  )
}

export const peerAdded: ConditionKind<Draft, PeerAddedConfig> = {
  blank: () => ({ window: '60', alertPer: 'peer', groups: [] }),
  draftOf: ({ window, alertPer = 'peer', groups = [] }) => ({ window: String(window), alertPer, groups: [...groups] }),
  wrong: ({ window, groups }) => ({ ...wrongNumber('window', window, limits.PeerAddedConfig.window, 'minutes'), ...wrongGroups(groups) }),
  toConfig: ({ window, alertPer, groups }) => ({ window: Number(window), alertPer, ...someGroups(groups) }),
  clause: ({ alertPer, groups }) => {
    const place = groups.length > 0 ? ` of ${placeOf(groups)}` : ''
    return alertPer === 'peer' ? `a new peer${place} joins the network` : `one or more new peers${place} join the network`
  },
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  onlyNew: true,
  Fields,
}
