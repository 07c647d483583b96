import { limits } from '@/api/__generated__/limits'
import type { Account, AccountChange } from '@/api/types'
import { announce } from '@/components/announcements'
import type { FieldErrors } from '@/components/formErrors'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { PasswordField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { isWebAddress } from '@/lib/addresses'
import { useUpdateAccount } from '@/queries/accounts'
import { ConnectionFailure } from './ConnectionFailure'
import { IntervalField } from './IntervalField'
import { texts } from './texts'

interface Draft {
  name: string
  baseUrl: string
  apiToken: string
  syncIntervalSeconds: number
}

/** What of a draft is to be sent: only what changed. */
function changeOf(account: Account, draft: Draft): AccountChange {
  const [name, baseUrl, apiToken] = [draft.name.trim(), draft.baseUrl.trim(), draft.apiToken.trim()]
  return {
    ...(name !== account.name && { name }),
    ...(baseUrl !== account.baseUrl && { baseUrl }),
    ...(apiToken !== '' && { apiToken }),
    ...(draft.syncIntervalSeconds !== account.syncIntervalSeconds && { syncIntervalSeconds: draft.syncIntervalSeconds }),
  }
}

function validate(draft: Draft, change: AccountChange): FieldErrors {
  return {
    ...(draft.name.trim() === '' && { '/name': texts.nameIt }),
    ...(!isWebAddress(draft.baseUrl.trim()) && { '/baseUrl': texts.enterAddress }),
    ...(change.baseUrl && !change.apiToken && { '/apiToken': texts.edit.pasteToo }),
  }
}

export function EditAccountDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const update = useUpdateAccount()
  const { draft, form, text, errors, change, busy, failure } = useForm<Draft, { id: string; change: AccountChange }, Account>({
    initial: { name: account.name, baseUrl: account.baseUrl, apiToken: '', syncIntervalSeconds: account.syncIntervalSeconds },
    validate: (draft) => validate(draft, changeOf(account, draft)),
    mutation: update,
    request: (draft) => ({ id: account.id, change: changeOf(account, draft) }),
    onSuccess: (changed, draft) => {
      announce(draft.apiToken.trim() === '' ? texts.edit.saved(changed) : texts.edit.tokenWorks(changed))
      onClose()
    },
  })
  // What the server said was said of another connection than the one that is typed now.
  const field = (key: 'name' | 'baseUrl' | 'apiToken') => ({
    ...text(key),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      change({ [key]: event.target.value })
      update.reset()
    },
  })

  return (
    <Dialog
      open
      title={texts.edit.title(account)}
      description={texts.edit.about}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <TextField label={texts.name} maxLength={limits.AccountChange.name.maxLength} {...field('name')} />
        <TextField label={texts.address} type="url" inputMode="url" {...field('baseUrl')} />
        <PasswordField label={texts.edit.token} autoComplete="off" spellCheck={false} placeholder={texts.token} hint={texts.edit.tokenHint} {...field('apiToken')} />
        <IntervalField
          seconds={draft.syncIntervalSeconds}
          error={errors['/syncIntervalSeconds']}
          onChange={(syncIntervalSeconds) => {
            change({ syncIntervalSeconds })
            update.reset()
          }}
        />
        {failure && <ConnectionFailure error={failure} />}
        <DialogActions>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {busy ? texts.edit.trying : texts.edit.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
