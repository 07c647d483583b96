import { SecretField } from '@/components/SecretField'
import { RegionField } from './fields'
import type { ChannelKindForm, Shown } from './kind'
import { keptKey, regionWord, type Region } from './words'

interface OpsgenieDraft {
  apiKey: string
  region: Region
}

export const opsgenie: ChannelKindForm<OpsgenieDraft, Shown<'opsgenie'>> = {
  blank: () => ({ apiKey: '', region: 'us' }),
  draftOf: ({ region }) => ({ apiKey: '', region }),
  wrong: ({ apiKey }, isThere) => (apiKey.trim() === '' && !isThere ? { apiKey: 'Enter the API key.' } : {}),
  toConfig: ({ apiKey, region }) => ({ type: 'opsgenie', region, ...(apiKey.trim() && { apiKey: apiKey.trim() }) }),
  whereTo: ({ region }) => `Opsgenie, ${regionWord(region)}`,
  facts: ({ apiKeyHint }) => [['API key', keptKey(apiKeyHint)]],
  steps: [
    'In Opsgenie, open your team and its Integrations, or Settings and Integrations.',
    'Press Add integration, choose API, and name it.',
    'Let it create and update alerts, copy its API key, and turn it on.',
    'Choose Europe if your address of Opsgenie is app.eu.opsgenie.com.',
    'An alert there is opened, acknowledged and closed with the one here.',
  ],
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField label="API key" kept={shown && keptKey(shown.apiKeyHint)} hint="Of an integration of the kind API, not of a user." value={draft.apiKey} error={errorOf('apiKey')} onChange={(apiKey) => change({ apiKey })} />
      <RegionField hint="Europe if your address of Opsgenie is app.eu.opsgenie.com." value={draft.region} error={errorOf('region')} onChange={(region) => change({ region })} />
    </>
  ),
}
