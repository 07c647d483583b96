import { useUser } from '@/api/client'
import { useLeaveTenant } from '@/queries/tenant'
import { announce } from './announcements'
import { useLeaving } from './leaving'
import { givenCode, givenProof, missingProof, NO_PROOF } from './proof'
import { CodeField, ProofFields } from './ProofFields'
import { RequestFailure } from './RequestFailure'
import { texts } from './texts/membership'
import { Button } from './ui/Button'
import { Dialog, DialogActions } from './ui/Dialog'
import { useForm } from './useForm'

/** Asks whether it is meant, and that it is really them; then goes on in another tenant, or to signing in. */
export function LeaveTenantDialog({ onClose }: { onClose: () => void }) {
  const { tenantName, secondFactor, signInMethod } = useUser()
  const words = useLeaving()
  const leave = useLeaveTenant((next) => {
    if (next) announce(texts.leaveTenantDialog.left({ tenant: tenantName, next }))
  })
  const byPassword = signInMethod === 'password'
  const { form, text } = useForm({
    initial: NO_PROOF,
    validate: (proof) => (byPassword ? missingProof(proof, secondFactor.enabled) : {}),
    mutation: leave,
    request: (proof) => (byPassword ? givenProof(proof) : givenCode(proof.code)),
  })
  return (
    <Dialog
      open
      title={texts.leaveTenantDialog.title({ tenant: tenantName })}
      description={words}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        {byPassword ? <ProofFields text={text} /> : <CodeField text={text} />}
        <RequestFailure error={leave.error} title={texts.leaveTenantDialog.failed({ tenant: tenantName })} fields={['/password', '/code']} />
        <DialogActions>
          <Button onClick={onClose}>{texts.leaveTenantDialog.stay}</Button>
          <Button type="submit" variant="danger" busy={leave.isPending || leave.isSuccess}>
            {texts.leaveTenantDialog.action({ tenant: tenantName })}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
