import { limits } from '@/api/__generated__/limits'
import type { SetupKeyExpiringConfig } from '@/api/types'
import { Checkbox } from '@/components/ui/Field'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongNumber } from './wrong'

interface Draft {
  days: string
  usedUp: boolean
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="days" label={texts.setupKeyExpiring.howLongBeforeExpires} />
      <Checkbox
        label={texts.setupKeyExpiring.reusableKeysUsedUp}
        hint={texts.setupKeyExpiring.reusableKeysUsedUpHint}
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
  Fields,
}
