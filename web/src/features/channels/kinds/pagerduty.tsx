import { SecretField } from '@/components/SecretField'
import { RegionField } from './fields'
import type { ChannelKindForm, Shown } from './kind'
import { keptKey, regionWord, type Region } from './words'

interface PagerDutyDraft {
  routingKey: string
  region: Region
}

export const pagerduty: ChannelKindForm<PagerDutyDraft, Shown<'pagerduty'>> = {
  blank: () => ({ routingKey: '', region: 'us' }),
  draftOf: ({ region }) => ({ routingKey: '', region }),
  wrong: ({ routingKey }, isThere) => (routingKey.trim() === '' && !isThere ? { routingKey: 'Enter the integration key.' } : {}),
  toConfig: ({ routingKey, region }) => ({ type: 'pagerduty', region, ...(routingKey.trim() && { routingKey: routingKey.trim() }) }),
  whereTo: ({ region }) => `PagerDuty, ${regionWord(region)}`,
  facts: ({ routingKeyHint }) => [['Integration key', keptKey(routingKeyHint)]],
  steps: [
    'In PagerDuty, open the service that is to be alerted, and its tab Integrations.',
    'Press Add an integration, and choose Events API V2.',
    'Open the new integration and copy its Integration Key, 32 letters and digits.',
    'Choose Europe if your address of PagerDuty ends with eu.pagerduty.com.',
    'An incident there is opened, acknowledged and resolved with the alert here.',
  ],
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField label="Integration key" kept={shown && keptKey(shown.routingKeyHint)} hint="Of an integration of the kind Events API V2." value={draft.routingKey} error={errorOf('routingKey')} onChange={(routingKey) => change({ routingKey })} />
      <RegionField hint="Europe if your address of PagerDuty ends with eu.pagerduty.com." value={draft.region} error={errorOf('region')} onChange={(region) => change({ region })} />
    </>
  ),
}
