import { useUser } from '@/api/client'
import { announce } from '@/components/announcements'
import { AuditExport } from '@/components/AuditExport'
import { givenProof, missingProof, NO_PROOF } from '@/components/proof'
import { ProofFields } from '@/components/ProofFields'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useDeleteTenant } from '@/queries/tenant'
import { texts } from './texts'

/** Deletes the tenant: the audit trail is offered first, then password and typed name are asked for. */
export function DeleteTenantDialog({ onClose }: { onClose: () => void }) {
  const { tenantName, secondFactor } = useUser()
  const remove = useDeleteTenant((next) => {
    if (next) announce(texts.deleteTenantDialog.deletedInNow({ tenantName, next }))
  })
  const { form, text } = useForm({
    initial: { name: '', ...NO_PROOF },
    validate: ({ name, ...proof }) => ({
      ...(name.trim() !== tenantName && { '/name': texts.deleteTenantDialog.type({ tenantName }) }),
      ...missingProof(proof, secondFactor.enabled),
    }),
    mutation: remove,
    request: ({ name, ...proof }) => ({ name: name.trim(), ...givenProof(proof) }),
  })
  return (
    <Dialog
      open
      modalOnly
      title={texts.deleteTenantDialog.delete({ tenantName })}
      description={texts.deleteTenantDialog.description}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <div className="flex flex-col gap-4">
        <section aria-label={texts.deleteTenantDialog.beforeGo} className="rounded-md border border-line p-3">
          <p className="mb-2 text-13">{texts.deleteTenantDialog.keepAuditTrailLast}</p>
          <AuditExport />
        </section>
        <form {...form} className="flex flex-col gap-2">
          <TextField label={texts.deleteTenantDialog.typeLabel({ tenantName })} autoComplete="off" spellCheck={false} required {...text('name')} />
          <ProofFields text={text} />
          <RequestFailure error={remove.error} title={texts.deleteTenantDialog.wasNotDeleted({ tenantName })} fields={['/name', '/password', '/code']} />
          <DialogActions>
            <Button onClick={onClose}>{texts.deleteTenantDialog.keep}</Button>
            <Button type="submit" variant="danger" busy={remove.isPending || remove.isSuccess}>
              {texts.deleteTenantDialog.deleteAction({ tenantName })}
            </Button>
          </DialogActions>
        </form>
      </div>
    </Dialog>
  )
}
