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

/** Deletes the tenant: the audit trail is offered first, then password and typed name are asked for. */
export function DeleteTenantDialog({ onClose }: { onClose: () => void }) {
  const { tenantName, secondFactor } = useUser()
  const remove = useDeleteTenant((next) => {
    if (next) announce(`${tenantName} is deleted. You are in ${next} now.`)
  })
  const { form, text } = useForm({
    initial: { name: '', ...NO_PROOF },
    validate: ({ name, ...proof }) => ({
      ...(name.trim() !== tenantName && { '/name': `Type “${tenantName}”.` }),
      ...missingProof(proof, secondFactor.enabled),
    }),
    mutation: remove,
    request: ({ name, ...proof }) => ({ name: name.trim(), ...givenProof(proof) }),
  })
  return (
    <Dialog
      open
      modalOnly
      title={`Delete ${tenantName}?`}
      description="Its accounts, alerts, rules, history, members, tokens and audit trail are deleted for good. Nothing is sent afterwards. NetBird itself stays as it is."
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <div className="flex flex-col gap-4">
        <section aria-label="Before you go" className="rounded-md border border-line p-3">
          <p className="mb-2 text-13">Keep the audit trail? This is your last chance.</p>
          <AuditExport />
        </section>
        <form {...form} className="flex flex-col gap-2">
          <TextField label={`Type “${tenantName}”`} autoComplete="off" spellCheck={false} required {...text('name')} />
          <ProofFields text={text} />
          <RequestFailure error={remove.error} title={`${tenantName} was not deleted`} fields={['/name', '/password', '/code']} />
          <DialogActions>
            <Button onClick={onClose}>Keep it</Button>
            <Button type="submit" variant="danger" busy={remove.isPending || remove.isSuccess}>
              Delete {tenantName}
            </Button>
          </DialogActions>
        </form>
      </div>
    </Dialog>
  )
}
