import { Link, useNavigate } from '@tanstack/react-router'
import { Archive, CircleCheck, CircleX, Link2, Pencil, RotateCcw, Trash2, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan, useSession, useUser } from '@/api/client'
import { scopeOf } from '@/api/session'
import type { AccessProposal, AccessProposalDecisionInput, ProposalDecision } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { copyAddress } from '@/components/copyAddress'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, buttonClass } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextAreaField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { keep } from '@/lib/keptChanges'
import { encodeChanges, LONGEST_IN_ADDRESS, type TrySearch } from '@/lib/tried'
import { useDecideProposal, useDeleteProposal } from '@/queries/proposals'
import { approvalBy, decisionsOf } from './standing'

interface Look {
  icon: LucideIcon
  verb: string
  done: string
  about: string
}

const DECISIONS: Record<ProposalDecision, Look> = {
  approve: { icon: CircleCheck, verb: 'Approve', done: 'is approved', about: 'It says that the change is good as it is. Nothing is written to NetBird: somebody carries it out there, and closes the proposal.' },
  reject: { icon: CircleX, verb: 'Reject', done: 'is rejected', about: 'It is not wanted. It can be reopened until it is forgotten.' },
  close: { icon: Archive, verb: 'Close', done: 'is closed', about: 'It is done, or given up. It can be reopened until it is forgotten.' },
  reopen: { icon: RotateCcw, verb: 'Reopen', done: 'is open again', about: 'It is to be decided anew.' },
}

const EMPTY = { message: '' }

interface DecisionDialogProps {
  proposal: AccessProposal
  decision: ProposalDecision
  /** It is their own, and nobody else may. */
  isAlone: boolean
  onClose: () => void
}

/** Asks once more, and for what there is to say with it. */
function DecisionDialog({ proposal, decision, isAlone, onClose }: DecisionDialogProps) {
  const { verb, done, about } = DECISIONS[decision]
  // What was on screen when the dialog opened is what is decided about.
  const [{ id, version, title }] = useState(proposal)
  const decide = useDecideProposal({ id, version })
  const { draft, change, errors, busy, failure, form } = useForm<typeof EMPTY, AccessProposalDecisionInput, AccessProposal>({
    initial: EMPTY,
    mutation: decide,
    request: ({ message }) => ({ decision, ...(message.trim() !== '' && { message: message.trim() }) }),
    onSuccess: () => {
      announce(`“${title}” ${done}.`)
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={`${verb} “${title}”?`}
      description={isAlone ? `${about} It is your own: nobody else may approve, and the decision will say so.` : about}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <RequestFailure error={failure} title="Nothing was decided" fields={['/message']} />
        <TextAreaField
          label="Message"
          optional
          maxLength={limits.AccessProposalDecisionInput.message.maxLength}
          value={draft.message}
          error={errors['/message']}
          onChange={(event) => change({ message: event.target.value })}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant={decision === 'reject' ? 'danger' : 'primary'} busy={busy}>
            {verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** Goes on to *Try a change* with what the proposal says. */
function Edit({ proposal: { id, version, accountId, changes } }: { proposal: AccessProposal }) {
  const scope = scopeOf(useSession())
  const navigate = useNavigate()
  const written = encodeChanges(changes)
  const rest: TrySearch = { of: accountId, show: '1', proposal: id, seen: String(version) }
  const label = (
    <>
      <Pencil aria-hidden className="size-4" />
      Edit
    </>
  )
  return written.length <= LONGEST_IN_ADDRESS ? (
    <Link to="/access/change" search={{ ...rest, changes: written }} className={buttonClass()}>
      {label}
    </Link>
  ) : (
    <Button onClick={() => void navigate({ to: '/access/change', search: { ...rest, kept: keep(scope, changes) } })}>{label}</Button>
  )
}

export function Actions({ proposal }: { proposal: AccessProposal }) {
  const { id: userId } = useUser()
  const mayWrite = useCan('proposals:write')
  const mayApprove = useCan('proposals:approve')
  const navigate = useNavigate()
  const [asks, setAsks] = useState<ProposalDecision | 'delete'>()
  const remove = useDeleteProposal()
  const approval = approvalBy(userId, proposal)
  const close = () => setAsks(undefined)
  const isOver = proposal.state === 'rejected' || proposal.state === 'closed'
  const offered = mayWrite ? decisionsOf(proposal.state).filter((decision) => (decision === 'approve' ? mayApprove && approval !== 'own' : decision !== 'reject' || mayApprove)) : []
  return (
    <div className="flex flex-col gap-2 md:items-end">
      <div className="flex flex-wrap gap-2">
        {offered.map((decision) => {
          const { icon, verb } = DECISIONS[decision]
          return (
            <Button key={decision} icon={icon} variant={decision === 'approve' ? 'primary' : 'secondary'} onClick={() => setAsks(decision)}>
              {verb}
            </Button>
          )
        })}
        {mayWrite && !isOver && <Edit proposal={proposal} />}
        <Button icon={Link2} onClick={() => void copyAddress('this proposal')}>
          Copy link
        </Button>
        {mayWrite && (
          <Button icon={Trash2} onClick={() => setAsks('delete')}>
            Delete
          </Button>
        )}
      </div>
      {proposal.state === 'open' && mayApprove && approval === 'own' && <p className="text-13 text-text-3">You made this or changed it last, so somebody else approves it. Send them the link.</p>}
      {asks !== undefined && asks !== 'delete' && <DecisionDialog {...{ proposal }} decision={asks} isAlone={asks === 'approve' && approval === 'alone'} onClose={close} />}
      {asks === 'delete' && (
        <ConfirmDialog
          title={`Delete “${proposal.title}”?`}
          description="All that was said about it goes with it. The audit trail keeps that it was there."
          action={`Delete “${proposal.title}”`}
          keep="Keep it"
          failed="The proposal was not deleted"
          mutation={remove}
          request={{ id: proposal.id, version: proposal.version }}
          onDone={() => {
            announce(`Proposal “${proposal.title}” was deleted.`)
            void navigate({ to: '/access/proposals' })
          }}
          onClose={close}
        />
      )}
    </div>
  )
}
