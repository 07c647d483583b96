import { Plus, Trash2 } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/Button'
import { FieldMessage, PasswordField, TextField } from '@/components/ui/Field'
import { BLANK_CHANNELS, CHANNEL_LIMITS, type HeaderDraft } from './channelDraft'
import { errorAt, type DraftFields } from './draftFields'

interface HeaderFieldsProps {
  headers: HeaderDraft[]
  error: string | undefined
  onChange: (headers: HeaderDraft[]) => void
}

function HeaderFields({ headers, error, onChange }: HeaderFieldsProps) {
  const replace = (index: number, part: Partial<HeaderDraft>) => onChange(headers.map((header, at) => (at === index ? { ...header, ...part } : header)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">
        Headers <span className="font-normal text-text-3">(optional)</span>
      </legend>
      {headers.map((header, index) => (
        <div key={index} className="flex items-end gap-2">
          <TextField label={`Name of header ${index + 1}`} className="flex-1" placeholder="X-Team" value={header.name} onChange={(event) => replace(index, { name: event.target.value })} />
          <TextField label={`Value of header ${index + 1}`} className="flex-1" autoComplete="off" placeholder={header.isKept ? 'stays as it is' : undefined} value={header.value} onChange={(event) => replace(index, { value: event.target.value })} />
          <IconButton label={`Remove header ${index + 1}`} icon={Trash2} onClick={() => onChange(headers.filter((_, at) => at !== index))} />
        </div>
      ))}
      {error && <FieldMessage>{error}</FieldMessage>}
      <div>
        <Button icon={Plus} onClick={() => onChange([...headers, { name: '', value: '' }])}>
          Add header
        </Button>
      </div>
    </fieldset>
  )
}

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
