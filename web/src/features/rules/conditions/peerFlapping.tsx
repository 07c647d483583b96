import { limits } from '@/api/__generated__/limits'
import type { PeerFlappingConfig } from '@/api/types'
import { GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { BLANK, lasting, minutes, placeOf } from './words'
import { wholeNumber } from './wholeNumber'
import { someGroups, wrongGroups, wrongNumber } from './wrong'

interface Draft {
  minChanges: string
  withinMinutes: string
  groups: string[]
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="minChanges" label="How often it comes or goes" hint="Going and coming back are two, also where both lie between two syncs." />
      <NumberField {...props} of="withinMinutes" label="Within, in minutes" hint="The alert ends when the peer neither came nor went for as long." />
      <GroupsField {...props} />
    </>
  )
}

export const peerFlapping: ConditionKind<Draft, PeerFlappingConfig> = {
  blank: () => ({ minChanges: '6', withinMinutes: '60', groups: [] }),
  draftOf: ({ minChanges, withinMinutes, groups = [] }) => ({ minChanges: String(minChanges), withinMinutes: String(withinMinutes), groups: [...groups] }),
  wrong: ({ minChanges, withinMinutes, groups }) => ({
    ...wrongNumber('minChanges', minChanges, limits.PeerFlappingConfig.minChanges, 'changes'),
    ...wrongNumber('withinMinutes', withinMinutes, limits.PeerFlappingConfig.withinMinutes, 'minutes'),
    ...wrongGroups(groups),
  }),
  toConfig: ({ minChanges, withinMinutes, groups }) => ({ minChanges: Number(minChanges), withinMinutes: Number(withinMinutes), ...someGroups(groups) }),
  clause: ({ minChanges, withinMinutes, groups }) =>
    `any peer of ${placeOf(groups)} comes or goes ${wholeNumber(minChanges, 1) ?? BLANK} times or more within ${lasting(minutes(withinMinutes))}`,
  tellsEach: () => true,
  Fields,
}
