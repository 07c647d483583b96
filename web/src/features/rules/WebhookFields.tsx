import { HeaderFields } from '@/components/HeaderFields'
import { PasswordField, TextField } from '@/components/ui/Field'
import { BLANK_CHANNELS, CHANNEL_LIMITS } from './channelDraft'
import { errorAt, type DraftFields } from './draftFields'
import { texts } from './formTexts'

export function WebhookFields({ draft, errors, change }: DraftFields) {
  const webhook = draft.webhook ?? BLANK_CHANNELS.webhook()
  const kept = draft.kept.webhook
  const set = (part: Partial<typeof webhook>) => change({ webhook: { ...webhook, ...part } })
  return (
    <>
      <TextField
        label={texts.webhookFields.webhookAddress}
        type="url"
        inputMode="url"
        maxLength={CHANNEL_LIMITS.url}
        placeholder={kept?.address ?? 'https://hooks.example.com/netbird'}
        hint={kept ? texts.webhookFields.leaveEmptyKeepAddress : texts.webhookFields.getsPostSignedBy}
        value={webhook.url}
        error={errorAt(errors, '/notificationConfig/webhook/url')}
        onChange={(event) => set({ url: event.target.value })}
      />
      <HeaderFields headers={webhook.headers} error={errorAt(errors, '/notificationConfig/webhook/headers')} onChange={(headers) => set({ headers })} />
      <PasswordField
        label={texts.webhookFields.signingSecret}
        optional
        autoComplete="off"
        placeholder={kept?.secretHint ?? texts.webhookFields.whsec}
        hint={kept ? texts.webhookFields.leaveEmptyKeepSecret : texts.webhookFields.leaveEmptyHaveOne}
        value={webhook.secret}
        error={errorAt(errors, '/notificationConfig/webhook/secret')}
        onChange={(event) => set({ secret: event.target.value })}
      />
    </>
  )
}
