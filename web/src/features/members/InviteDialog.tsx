import { useUser } from '@/api/client'
import { announce } from '@/components/announcements'
import { isEmail } from '@/components/passwords'
import { givenProof, missingProof, NO_PROOF, type Proof } from '@/components/proof'
import { ProofFields } from '@/components/ProofFields'
import { RequestFailure } from '@/components/RequestFailure'
import type { NewInvitation, PlatformUser, Role } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useInvite } from '@/queries/members'
import { RolePicker } from './RolePicker'
import { texts } from './texts'

interface Draft extends Proof {
  email: string
  role: Role
}

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { secondFactor } = useUser()
  const invite = useInvite()
  const { draft, change, errors, form, text } = useForm<Draft, NewInvitation, PlatformUser>({
    initial: { email: '', role: 'viewer', ...NO_PROOF },
    validate: ({ email, role, ...proof }) => ({
      ...(!isEmail(email) && { '/email': texts.inviteDialog.enterAddressInvite }),
      ...(role === 'owner' && missingProof(proof, secondFactor.enabled)),
    }),
    mutation: invite,
    request: ({ email, role, ...proof }) => ({ email: email.trim(), role, ...(role === 'owner' && givenProof(proof)) }),
    onSuccess: ({ email }) => {
      announce(texts.inviteDialog.invitationOnItsWay({ email }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={texts.inviteDialog.title}
      description={texts.inviteDialog.description}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <TextField label={texts.inviteDialog.email} type="email" autoComplete="off" required {...text('email')} />
        <RolePicker value={draft.role} error={errors['/role']} onChange={(role) => change({ role })} />
        {draft.role === 'owner' && <ProofFields text={text} />}
        <RequestFailure error={invite.error} title={texts.inviteDialog.failed} fields={['/email', '/role', '/password', '/code']} />
        <DialogActions>
          <Button onClick={onClose}>{texts.inviteDialog.cancel}</Button>
          <Button type="submit" variant="primary" busy={invite.isPending}>
            {texts.inviteDialog.sendInvitation}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
