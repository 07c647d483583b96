import { HeaderFields } from '@/components/HeaderFields'
import { PasswordField, TextField } from '@/components/ui/Field'
import { BLANK_CHANNELS, CHANNEL_LIMITS } from './channelDraft'
import { errorAt, type DraftFields } from './draftFields'

export function WebhookFields({ draft, errors, change }: DraftFields) {
  const webhook = draft.webhook ?? BLANK_CHANNELS.webhook()
  const kept = draft.kept.webhook
  const set = (part: Partial<typeof webhook>) => change({ webhook: { ...webhook, ...part } })
  return (
    <>
      <TextField
        label="Webhook address"
        type="url"
        inputMode="url"
        maxLength={CHANNEL_LIMITS.url}
        placeholder={kept?.address ?? 'https://hooks.example.com/netbird'}
        hint={kept ? 'Leave it empty to keep the address. At another host, enter the headers again.' : 'Gets a POST signed by the Standard Webhooks scheme.'}
        value={webhook.url}
        error={errorAt(errors, '/notificationConfig/webhook/url')}
        onChange={(event) => set({ url: event.target.value })}
      />
      <HeaderFields headers={webhook.headers} error={errorAt(errors, '/notificationConfig/webhook/headers')} onChange={(headers) => set({ headers })} />
      <PasswordField
        label="Signing secret"
        optional
        autoComplete="off"
        placeholder={kept?.secretHint ?? 'whsec_…'}
        hint={kept ? 'Leave it empty to keep the secret.' : 'Leave it empty to have one made; it is shown once, after the rule is saved.'}
        value={webhook.secret}
        error={errorAt(errors, '/notificationConfig/webhook/secret')}
        onChange={(event) => set({ secret: event.target.value })}
      />
    </>
  )
}
