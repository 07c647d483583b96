import { limits } from '@/api/__generated__/limits'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useCreateTenant } from '@/queries/tenant'

/** Makes another tenant and goes on in it. */
export default function CreateTenantDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateTenant((name) => announce(`${name} is created. You are in it now.`))
  const { form, text } = useForm({
    initial: { name: '' },
    validate: ({ name }) => (name.trim() === '' ? { '/name': 'Name the tenant.' } : {}),
    mutation: create,
    request: ({ name }) => name.trim(),
    onSuccess: onClose,
  })
  return (
    <Dialog
      open
      title="Create a tenant"
      description="It has accounts, rules and members of its own. You become its owner, and switch between your tenants at any time."
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <TextField label="Name" maxLength={limits.TenantName.name.maxLength} placeholder="Acme Networks" required {...text('name')} />
        <RequestFailure error={create.error} title="The tenant was not created" fields={['/name']} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            Create and switch
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
