import { Plus, Trash2 } from 'lucide-react'
import { TokenField } from '@/components/TokenField'
import { Button, IconButton } from '@/components/ui/Button'
import { Checkbox, FieldMessage, PasswordField, TextField } from '@/components/ui/Field'
import { errorAt, type DraftFields } from './draftFields'

function HeaderFields({ draft, errors, change }: DraftFields) {
  const error = errorAt(errors, '/notificationConfig/webhook/headers')
  const replace = (index: number, part: Partial<(typeof draft.headers)[number]>) =>
    change({ headers: draft.headers.map((header, at) => (at === index ? { ...header, ...part } : header)) })
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">
        Headers <span className="font-normal text-text-3">(optional)</span>
      </legend>
      {draft.headers.map((header, index) => (
        <div key={index} className="flex items-end gap-2">
          <TextField label={`Name of header ${index + 1}`} className="flex-1" placeholder="X-Team" value={header.name} onChange={(event) => replace(index, { name: event.target.value })} />
          <TextField label={`Value of header ${index + 1}`} className="flex-1" autoComplete="off" placeholder={header.isKept ? 'stays as it is' : undefined} value={header.value} onChange={(event) => replace(index, { value: event.target.value })} />
          <IconButton label={`Remove header ${index + 1}`} icon={Trash2} onClick={() => change({ headers: draft.headers.filter((_, at) => at !== index) })} />
        </div>
      ))}
      {error && <FieldMessage>{error}</FieldMessage>}
      <div>
        <Button icon={Plus} onClick={() => change({ headers: [...draft.headers, { name: '', value: '' }] })}>
          Add header
        </Button>
      </div>
    </fieldset>
  )
}

export function NotificationFields(fields: DraftFields) {
  const { draft, errors, change } = fields
  return (
    <div className="flex flex-col gap-4">
      <Checkbox label="Send email" checked={draft.emailEnabled} onChange={(emailEnabled) => change({ emailEnabled })} />
      {draft.emailEnabled && (
        <TokenField
          label="Email recipients"
          hint="Up to 20; press Enter after each. Whoever is not a member is asked once, by mail, before the first message."
          placeholder="ops@example.com"
          inputMode="email"
          values={draft.recipients}
          error={errorAt(errors, '/notificationConfig/email')}
          onChange={(recipients) => change({ recipients })}
        />
      )}
      <Checkbox label="Call a webhook" checked={draft.webhookEnabled} onChange={(webhookEnabled) => change({ webhookEnabled })} />
      {draft.webhookEnabled && (
        <>
          <TextField
            label="Webhook address"
            type="url"
            inputMode="url"
            placeholder={draft.kept?.address ?? 'https://hooks.example.com/netbird'}
            hint={draft.kept ? 'Leave it empty to keep the address. At another host, enter the headers again.' : 'Gets a POST signed by the Standard Webhooks scheme.'}
            value={draft.url}
            error={errorAt(errors, '/notificationConfig/webhook/url')}
            onChange={(event) => change({ url: event.target.value })}
          />
          <HeaderFields {...fields} />
          <PasswordField
            label="Signing secret"
            optional
            autoComplete="off"
            placeholder={draft.kept?.secretHint ?? 'whsec_…'}
            hint={draft.kept ? 'Leave it empty to keep the secret.' : 'Leave it empty to have one made; it is shown once, after the rule is created.'}
            value={draft.secret}
            error={errorAt(errors, '/notificationConfig/webhook/secret')}
            onChange={(event) => change({ secret: event.target.value })}
          />
        </>
      )}
    </div>
  )
}
