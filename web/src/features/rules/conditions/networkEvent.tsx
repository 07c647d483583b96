import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { NetworkEventConfig } from '@/api/types'
import { TokenField } from '@/components/TokenField'
import { useSeenActivityCodes } from '@/queries/events'
import { texts } from './texts'
import { NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { wrongNumber } from './wrong'

interface Draft {
  activityCodes: string[]
  threshold: string
  window: string
}

const { activityCodes: CODES, threshold: THRESHOLD, window: WINDOW } = limits.NetworkEventConfig
const CODE = /^[a-z\d_-]+(\.[a-z\d_-]+)*$/i

function Fields(props: FieldsProps<Draft>) {
  const { draft, accountId, errorOf, change } = props
  const suggestions = useSeenActivityCodes(accountId, useCan('netbird:read'))
  return (
    <>
      <TokenField
        label={texts.networkEvent.activityCodes}
        hint={texts.networkEvent.activityCodesHint}
        placeholder={texts.networkEvent.activityCodesPlaceholder}
        values={draft.activityCodes}
        suggestions={suggestions}
        error={errorOf('activityCodes')}
        onChange={(activityCodes) => change({ activityCodes })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField {...props} of="threshold" label={texts.networkEvent.howManyEventsAt} />
        <NumberField {...props} of="window" label={texts.networkEvent.withinInMinutes} hint={texts.networkEvent.withinInMinutesHint} />
      </div>
    </>
  )
}

function wrongCodes(codes: readonly string[]): Record<string, string> {
  if (codes.length < CODES.minItems) return { activityCodes: texts.networkEvent.enterAtLeastOne }
  if (codes.length > CODES.maxItems) return { activityCodes: texts.networkEvent.atMostActivityCodes({ maxItems: CODES.maxItems }) }
  const odd = codes.find((code) => !CODE.test(code))
  return odd === undefined ? {} : { activityCodes: texts.networkEvent.noActivityCodeSuch({ odd }) }
}

export const networkEvent: ConditionKind<Draft, NetworkEventConfig> = {
  blank: () => ({ activityCodes: [], threshold: '1', window: '10' }),
  draftOf: ({ activityCodes, threshold = 1, window = 10 }) => ({ activityCodes: [...activityCodes], threshold: String(threshold), window: String(window) }),
  wrong: ({ activityCodes, threshold, window }) => ({
    ...wrongCodes(activityCodes),
    ...wrongNumber('threshold', threshold, THRESHOLD, 'events'),
    ...wrongNumber('window', window, WINDOW, 'minutes'),
  }),
  toConfig: ({ activityCodes, threshold, window }) => ({ activityCodes, threshold: Number(threshold), window: Number(window) }),
  Fields,
}
