import { limits } from '@/api/__generated__/limits'
import { changedHeadersOf, HeaderFields, headersError, type HeaderDraft } from '@/components/HeaderFields'
import { SecretField } from '@/components/SecretField'
import { isWebAddress } from '@/lib/addresses'
import { listed } from '@/lib/numbers'
import type { ChannelKindForm, Shown } from './kind'
import { texts } from './texts'
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
    if (secret.trim() !== '' && !secret.trim().startsWith('whsec_')) errors.secret = texts.webhook.secretWrong
    return errors
  },
  toConfig({ url, headers, secret }) {
    return { type: 'webhook', ...(url.trim() && { url: url.trim() }), headers: changedHeadersOf(headers), ...(secret.trim() && { secret: secret.trim() }) }
  },
  whereTo: ({ url, host }) => url ?? host,
  facts: ({ headers, secretHint }) => [...(Object.keys(headers).length > 0 ? ([[texts.webhook.headers, listed(Object.keys(headers))]] as const) : []), [texts.webhook.signedWith, secretHint]],
  steps: texts.webhook.steps,
  Fields: ({ draft, shown, errorOf, change }) => (
    <>
      <SecretField
        label={texts.webhook.address}
        isAddress
        kept={shown && (shown.url ?? shown.host)}
        maxLength={limits.WebhookInput.url.maxLength}
        placeholder={texts.webhook.addressPlaceholder}
        hint={shown ? texts.webhook.addressChanged : texts.webhook.addressHint}
        value={draft.url}
        error={errorOf('url')}
        onChange={(url) => change({ url })}
      />
      <HeaderFields headers={draft.headers} error={errorOf('headers')} onChange={(headers) => change({ headers })} />
      <SecretField
        label={texts.webhook.secret}
        optional
        kept={shown?.secretHint}
        placeholder={texts.webhook.secretPlaceholder}
        hint={shown ? texts.webhook.secretChanged : texts.webhook.secretHint}
        value={draft.secret}
        error={errorOf('secret')}
        onChange={(secret) => change({ secret })}
      />
    </>
  ),
}
