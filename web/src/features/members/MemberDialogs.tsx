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
import { texts } from './texts'

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
      announce(texts.roleDialog.now({ name, roleWord: roleWord(role) }))
      // One's own permissions changed with it.
      if (member.isSelf) void session.renew().catch(() => undefined)
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={texts.roleDialog.role({ name })}
      description={texts.roleDialog.description}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <RolePicker value={draft.role} present={member.role} error={errors['/role']} onChange={(role) => change({ role })} />
        {draft.role === 'owner' && member.role !== 'owner' && <ProofFields text={text} />}
        <RequestFailure error={update.error} title={texts.roleDialog.failed} fields={['/role', '/password', '/code']} />
        <DialogActions>
          <Button onClick={onClose}>{texts.roleDialog.cancel}</Button>
          <Button type="submit" variant="primary" busy={update.isPending} disabled={draft.role === member.role}>
            {texts.roleDialog.changeRole}
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
      title={texts.deactivateDialog.deactivate({ name })}
      description={texts.deactivateDialog.description}
      action={texts.deactivateDialog.action}
      failed={texts.deactivateDialog.wasNotDeactivated({ name })}
      mutation={update}
      request={{ id: member.id, active: false }}
      onDone={() => announce(texts.deactivateDialog.deactivated({ name }))}
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
      ? { title: texts.removeDialog.revokeInvitation({ name }), description: texts.removeDialog.linkInTheirMail, action: texts.removeDialog.revokeInvitationAction, done: texts.removeDialog.invitationRevoked }
      : {
          title: texts.removeDialog.remove({ name }),
          description: texts.removeDialog.theySignedOutAt({ tenantName }),
          action: texts.removeDialog.removeAction({ name }),
          done: texts.removeDialog.removed({ name }),
        }
  return (
    <ConfirmDialog
      {...words}
      failed={texts.removeDialog.failed}
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
      announce(texts.transferDialog.ownsNowAdmin({ name, tenantName }))
      onClose()
      void session.renew().catch(() => undefined)
    },
  })
  return (
    <Dialog
      open
      title={texts.transferDialog.makeOwner({ name })}
      description={texts.transferDialog.theyOwnFromThen({ tenantName })}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <ProofFields text={text} />
        <RequestFailure error={transfer.error} title={texts.transferDialog.failed} fields={['/password', '/code']} />
        <DialogActions>
          <Button onClick={onClose}>{texts.transferDialog.cancel}</Button>
          <Button type="submit" variant="danger" busy={transfer.isPending}>
            {texts.transferDialog.transferOwnership}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
