import { session, useUser } from '@/api/client'
import type { PlatformUser } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { LeaveTenantDialog } from '@/components/LeaveTenantDialog'
import { givenProof, missingProof, NO_PROOF } from '@/components/proof'
import { ProofFields } from '@/components/ProofFields'
import { RequestFailure } from '@/components/RequestFailure'
import { roleWord } from '@/components/roles'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { useForm } from '@/components/useForm'
import { useRemoveMember, useTransferOwnership, useUpdateMember } from '@/queries/members'
import { RolePicker } from './RolePicker'

interface MemberDialogProps {
  member: PlatformUser
  onClose: () => void
}

export const nameOf = ({ name, email }: PlatformUser): string => name || email

export function RoleDialog({ member, onClose }: MemberDialogProps) {
  const { secondFactor } = useUser()
  const update = useUpdateMember()
  const name = nameOf(member)
  const { draft, change, errors, form, text } = useForm({
    initial: { role: member.role, ...NO_PROOF },
    validate: ({ role, ...proof }) => (role === 'owner' ? missingProof(proof, secondFactor.enabled) : {}),
    mutation: update,
    request: ({ role, ...proof }) => ({ id: member.id, role, ...(role === 'owner' && givenProof(proof)) }),
    onSuccess: ({ role }) => {
      announce(`${name} is ${roleWord(role)} now.`)
      // One's own permissions changed with it.
      if (member.isSelf) void session.renew().catch(() => undefined)
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={`Role of ${name}`}
      description="It takes effect with their next request."
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <RolePicker value={draft.role} present={member.role} error={errors['/role']} onChange={(role) => change({ role })} />
        {draft.role === 'owner' && member.role !== 'owner' && <ProofFields text={text} />}
        <RequestFailure error={update.error} title="The role was not changed" fields={['/role', '/password', '/code']} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={update.isPending} disabled={draft.role === member.role}>
            Change role
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

export function DeactivateDialog({ member, onClose }: MemberDialogProps) {
  const update = useUpdateMember()
  const name = nameOf(member)
  return (
    <ConfirmDialog
      title={`Deactivate ${name}?`}
      description="They are signed out of this tenant at once, and their API tokens stop working. What they created stays. You can reactivate them at any time."
      action="Deactivate"
      failed={`${name} was not deactivated`}
      mutation={update}
      request={{ id: member.id, active: false }}
      onDone={() => announce(`${name} is deactivated.`)}
      onClose={onClose}
    />
  )
}

export function RemoveDialog({ member, onClose }: MemberDialogProps) {
  const remove = useRemoveMember()
  const { tenantName } = useUser()
  const name = nameOf(member)
  if (member.isSelf) return <LeaveTenantDialog onClose={onClose} />
  const words =
    member.status === 'invited'
      ? { title: `Revoke the invitation of ${name}?`, description: 'The link in their mail stops working.', action: 'Revoke invitation', done: 'The invitation is revoked.' }
      : {
          title: `Remove ${name}?`,
          description: `They are signed out of ${tenantName} at once, and their API tokens for it are deleted. What they created stays.`,
          action: `Remove ${name}`,
          done: `${name} is removed.`,
        }
  return (
    <ConfirmDialog
      {...words}
      failed="Nothing was changed"
      mutation={remove}
      request={member.id}
      onDone={() => announce(words.done)}
      onClose={onClose}
    />
  )
}

export function TransferDialog({ member, onClose }: MemberDialogProps) {
  const { tenantName, secondFactor } = useUser()
  const transfer = useTransferOwnership()
  const name = nameOf(member)
  const { form, text } = useForm({
    initial: NO_PROOF,
    validate: (proof) => missingProof(proof, secondFactor.enabled),
    mutation: transfer,
    request: (proof) => ({ userId: member.id, ...givenProof(proof) }),
    onSuccess: () => {
      announce(`${name} owns ${tenantName} now; you are admin.`)
      onClose()
      void session.renew().catch(() => undefined)
    },
  })
  return (
    <Dialog
      open
      title={`Make ${name} the owner?`}
      description={`They own ${tenantName} from then on, and you become admin. Only they can undo it.`}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <ProofFields text={text} />
        <RequestFailure error={transfer.error} title="Ownership was not transferred" fields={['/password', '/code']} />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" busy={transfer.isPending}>
            Transfer ownership
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
