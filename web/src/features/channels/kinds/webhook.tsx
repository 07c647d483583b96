import { limits } from '@/api/__generated__/limits'
import { changedHeadersOf, HeaderFields, headersError, type HeaderDraft } from '@/components/HeaderFields'
import { SecretField } from '@/components/SecretField'
import { isWebAddress } from '@/lib/addresses'
import { listed } from '@/lib/numbers'
import type { ChannelKindForm, Shown } from './kind'
import { NO_ADDRESS } from './words'

interface WebhookDraft {
  url: string
  headers: readonly HeaderDraft[]
  secret: string
}

export const webhook: ChannelKindForm<WebhookDraft, Shown<'webhook'>> = {
  blank: () => ({ url: '', headers: [], secret: '' }),
  draftOf: ({ headers }) => ({ url: '', headers: Object.keys(headers).map((name) => ({ name, value: '', isKept: true })), secret: '' }),
  wrong({ url, headers, secret }, isThere) {
    const errors: Record<string, string> = {}
    if (!isWebAddress(url.trim()) && !(isThere && url.trim() === '')) errors.url = NO_ADDRESS
    const header = headersError(headers)
    if (header) errors.headers = header
    if (secret.trim() !== '' && !secret.trim().startsWith('whsec_')) errors.secret = 'A secret starts with whsec_. Leave it empty to have one made.'
    return errors
  },
  toConfig({ url, headers, secret }) {
    return { type: 'webhook', ...(url.trim() && { url: url.trim() }), headers: changedHeadersOf(headers), ...(secret.trim() && { secret: secret.trim() }) }
  },
  whereTo: ({ url, host }) => url ?? host,
  facts: ({ headers, secretHint }) => [...(Object.keys(headers).length > 0 ? ([['Headers', listed(Object.keys(headers))]] as const) : []), ['Signed with', secretHint]],
  steps: ['Enter the address of a receiver that takes a POST with JSON.', 'Every message is signed by the Standard Webhooks scheme. The secret is shown once, after the channel is saved.', 'The receiver checks the header webhook-signature with it, and tells repeats by webhook-id.'],
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField
        label="Webhook address"
        isAddress
        kept={shown && (shown.url ?? shown.host)}
        maxLength={limits.WebhookInput.url.maxLength}
        placeholder="https://hooks.example.com/netbird"
        hint={shown ? 'At another host, enter the values of the headers again.' : 'Gets a POST with JSON.'}
        value={draft.url}
        error={errorOf('url')}
        onChange={(url) => change({ url })}
      />
      <HeaderFields headers={draft.headers} error={errorOf('headers')} onChange={(headers) => change({ headers })} />
      <SecretField
        label="Signing secret"
        optional
        kept={shown?.secretHint}
        placeholder="whsec_…"
        hint={shown ? 'The receiver must know the new one.' : 'Leave it empty to have one made; it is shown once, after the channel is saved.'}
        value={draft.secret}
        error={errorOf('secret')}
        onChange={(secret) => change({ secret })}
      />
    </>
  ),
}
