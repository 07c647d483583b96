import { SecretField } from '@/components/SecretField'
import { RegionField } from './fields'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'
import { keptKey, regionWord, type Region } from './words'

interface OpsgenieDraft {
  apiKey: string
  region: Region
}

export const opsgenie: ChannelKindForm<OpsgenieDraft, Shown<'opsgenie'>> = {
  blank: () => ({ apiKey: '', region: 'us' }),
  draftOf: ({ region }) => ({ apiKey: '', region }),
  wrong: ({ apiKey }, isThere) => (apiKey.trim() === '' && !isThere ? { apiKey: texts.opsgenie.missing } : {}),
  toConfig: ({ apiKey, region }) => ({ type: 'opsgenie', region, ...(apiKey.trim() && { apiKey: apiKey.trim() }) }),
  whereTo: ({ region }) => texts.opsgenie.whereTo({ region: regionWord(region) }),
  facts: ({ apiKeyHint }) => [[texts.opsgenie.apiKey, keptKey(apiKeyHint)]],
  steps: texts.opsgenie.steps,
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField label={texts.opsgenie.apiKey} kept={shown && keptKey(shown.apiKeyHint)} hint={texts.opsgenie.apiKeyHint} value={draft.apiKey} error={errorOf('apiKey')} onChange={(apiKey) => change({ apiKey })} />
      <RegionField hint={texts.opsgenie.regionHint} value={draft.region} error={errorOf('region')} onChange={(region) => change({ region })} />
    </>
  ),
}
