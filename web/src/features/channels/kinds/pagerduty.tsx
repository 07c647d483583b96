import { SecretField } from '@/components/SecretField'
import { RegionField } from './fields'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'
import { keptKey, regionWord, type Region } from './words'

interface PagerDutyDraft {
  routingKey: string
  region: Region
}

export const pagerduty: ChannelKindForm<PagerDutyDraft, Shown<'pagerduty'>> = {
  blank: () => ({ routingKey: '', region: 'us' }),
  draftOf: ({ region }) => ({ routingKey: '', region }),
  wrong: ({ routingKey }, isThere) => (routingKey.trim() === '' && !isThere ? { routingKey: texts.pagerduty.missing } : {}),
  toConfig: ({ routingKey, region }) => ({ type: 'pagerduty', region, ...(routingKey.trim() && { routingKey: routingKey.trim() }) }),
  whereTo: ({ region }) => texts.pagerduty.whereTo({ region: regionWord(region) }),
  facts: ({ routingKeyHint }) => [[texts.pagerduty.key, keptKey(routingKeyHint)]],
  steps: texts.pagerduty.steps,
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField label={texts.pagerduty.key} kept={shown && keptKey(shown.routingKeyHint)} hint={texts.pagerduty.keyHint} value={draft.routingKey} error={errorOf('routingKey')} onChange={(routingKey) => change({ routingKey })} />
      <RegionField hint={texts.pagerduty.regionHint} value={draft.region} error={errorOf('region')} onChange={(region) => change({ region })} />
    </>
  ),
}
