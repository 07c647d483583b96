import { limits } from '@/api/__generated__/limits'
import type { SetupKeyExpiringConfig } from '@/api/types'
import { Checkbox } from '@/components/ui/Field'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { counted } from './words'
import { wrongNumber } from './wrong'

interface Draft {
  days: string
  usedUp: boolean
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="days" label="How long before it expires, in days" />
      <Checkbox
        label="Reusable keys that are used up, too"
        hint="Keys that were used as often as they may be. Keys for one machine have done their work then, and do not count."
        checked={props.draft.usedUp}
        onChange={(usedUp) => props.change({ usedUp })}
      />
    </>
  )
}

export const setupKeyExpiring: ConditionKind<Draft, SetupKeyExpiringConfig> = {
  blank: () => ({ days: '7', usedUp: false }),
  draftOf: ({ days, usedUp = false }) => ({ days: String(days), usedUp }),
  wrong: ({ days }) => wrongNumber('days', days, limits.SetupKeyExpiringConfig.days, 'days'),
  toConfig: ({ days, usedUp }) => ({ days: Number(days), usedUp }),
  clause: ({ days, usedUp }) => `a setup key expires within ${counted(days, 'day')}${usedUp ? ', or is used up' : ''}`,
  Fields,
}
