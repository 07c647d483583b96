import { announce } from '@/components/announcements'
import { isEmail } from '@/components/passwords'
import { RequestFailure } from '@/components/RequestFailure'
import type { NewInvitation, PlatformUser } from '@/api/types'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useInvite } from '@/queries/members'
import { RolePicker } from './RolePicker'

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const invite = useInvite()
  const { draft, change, errors, form, text } = useForm<NewInvitation, NewInvitation, PlatformUser>({
    initial: { email: '', role: 'viewer' },
    validate: ({ email }) => (isEmail(email) ? {} : { '/email': 'Enter the address to invite.' }),
    mutation: invite,
    request: ({ email, role }) => ({ email: email.trim(), role }),
    onSuccess: ({ email }) => {
      announce(`An invitation is on its way to ${email}.`)
      onClose()
    },
  })
  return (
    <Dialog
      open
      title="Invite somebody"
      description="They get a mail with a link that works for 7 days."
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <TextField label="Email" type="email" autoComplete="off" required {...text('email')} />
        <RolePicker value={draft.role} error={errors['/role']} onChange={(role) => change({ role })} />
        <RequestFailure error={invite.error} title="Not invited" fields={['/email', '/role']} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={invite.isPending}>
            Send invitation
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
