import { limits } from '@/api/__generated__/limits'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useCreateTenant } from '@/queries/tenant'
import { texts } from './texts'

/** Makes another tenant and goes on in it. */
export default function CreateTenantDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateTenant((name) => announce(texts.createTenantDialog.createdInNow({ name })))
  const { form, text } = useForm({
    initial: { name: '' },
    validate: ({ name }) => (name.trim() === '' ? { '/name': texts.createTenantDialog.nameTenant } : {}),
    mutation: create,
    request: ({ name }) => name.trim(),
    onSuccess: onClose,
  })
  return (
    <Dialog
      open
      title={texts.createTenantDialog.title}
      description={texts.createTenantDialog.description}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <TextField label={texts.createTenantDialog.name} maxLength={limits.TenantName.name.maxLength} placeholder={texts.createTenantDialog.namePlaceholder} required {...text('name')} />
        <RequestFailure error={create.error} title={texts.createTenantDialog.failed} fields={['/name']} />
        <DialogActions>
          <Button onClick={onClose}>{texts.createTenantDialog.cancel}</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {texts.createTenantDialog.createSwitch}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
