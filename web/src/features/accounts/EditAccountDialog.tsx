import { useRef, useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import type { Account, AccountChange } from '@/api/types'
import { announce } from '@/components/announcements'
import { fieldErrorsOf, focusFirstInvalid, type FieldErrors } from '@/components/formErrors'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { PasswordField, TextField } from '@/components/ui/Field'
import { holdsChanges, unsaved } from '@/components/unsaved'
import { isWebAddress } from '@/lib/addresses'
import { useUpdateAccount } from '@/queries/accounts'
import { ConnectionFailure } from './ConnectionFailure'
import { texts } from './texts'

interface Draft {
  name: string
  baseUrl: string
  apiToken: string
}

/** What of a draft is to be sent: only what changed. */
function changeOf(account: Account, draft: Draft): AccountChange {
  const [name, baseUrl, apiToken] = [draft.name.trim(), draft.baseUrl.trim(), draft.apiToken.trim()]
  return {
    ...(name !== account.name && { name }),
    ...(baseUrl !== account.baseUrl && { baseUrl }),
    ...(apiToken !== '' && { apiToken }),
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
  const [kept] = useState<Draft>({ name: account.name, baseUrl: account.baseUrl, apiToken: '' })
  const [draft, setDraft] = useState(kept)
  const [local, setLocal] = useState<FieldErrors>({})
  const form = useRef<HTMLFormElement>(null)
  const update = useUpdateAccount()
  const errors = { ...fieldErrorsOf(update.error), ...local }

  const edit = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part })
    setLocal({})
    update.reset()
  }
  const onSubmit = (event: React.SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const change = changeOf(account, draft)
    const found = validate(draft, change)
    setLocal(found)
    if (Object.keys(found).length > 0) {
      if (form.current) focusFirstInvalid(form.current)
      return
    }
    if (update.isPending) return
    update.mutate(
      { id: account.id, change },
      {
        onSuccess: (changed) => {
          announce(change.apiToken ? texts.edit.tokenWorks(changed) : texts.edit.saved(changed))
          onClose()
        },
      },
    )
  }

  return (
    <Dialog
      open
      title={texts.edit.title(account)}
      description={texts.edit.about}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form ref={form} {...unsaved(holdsChanges(draft, kept))} noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
        <TextField label={texts.name} maxLength={limits.AccountChange.name.maxLength} value={draft.name} error={errors['/name']} onChange={(event) => edit({ name: event.target.value })} />
        <TextField
          label={texts.address}
          type="url"
          inputMode="url"
          value={draft.baseUrl}
          error={errors['/baseUrl']}
          onChange={(event) => edit({ baseUrl: event.target.value })}
        />
        <PasswordField
          label={texts.edit.token}
          autoComplete="off"
          spellCheck={false}
          placeholder={texts.token}
          hint={texts.edit.tokenHint}
          value={draft.apiToken}
          error={errors['/apiToken']}
          onChange={(event) => edit({ apiToken: event.target.value })}
        />
        {update.error && <ConnectionFailure error={update.error} />}
        <DialogActions>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button type="submit" variant="primary" busy={update.isPending}>
            {update.isPending ? texts.edit.trying : texts.edit.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
