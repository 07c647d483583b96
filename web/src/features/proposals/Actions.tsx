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
import { texts } from './texts'

const ICONS: Record<ProposalDecision, LucideIcon> = { approve: CircleCheck, reject: CircleX, close: Archive, reopen: RotateCcw }

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
  const { verb, ask, done, about } = texts.actions[decision]
  // What was on screen when the dialog opened is what is decided about.
  const [{ id, version, title }] = useState(proposal)
  const decide = useDecideProposal({ id, version })
  const { draft, change, errors, busy, failure, form } = useForm<typeof EMPTY, AccessProposalDecisionInput, AccessProposal>({
    initial: EMPTY,
    mutation: decide,
    request: ({ message }) => ({ decision, ...(message.trim() !== '' && { message: message.trim() }) }),
    onSuccess: () => {
      announce(done({ title }))
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={ask({ title })}
      description={isAlone ? texts.actions.alone({ about }) : about}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <RequestFailure error={failure} title={texts.actions.nothingDecided} fields={['/message']} />
        <TextAreaField
          label={texts.actions.message}
          optional
          maxLength={limits.AccessProposalDecisionInput.message.maxLength}
          value={draft.message}
          error={errors['/message']}
          onChange={(event) => change({ message: event.target.value })}
        />
        <DialogActions>
          <Button onClick={onClose}>{texts.actions.cancel}</Button>
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
      {texts.actions.edit}
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
        {offered.map((decision) => (
          <Button key={decision} icon={ICONS[decision]} variant={decision === 'approve' ? 'primary' : 'secondary'} onClick={() => setAsks(decision)}>
            {texts.actions[decision].verb}
          </Button>
        ))}
        {mayWrite && !isOver && <Edit proposal={proposal} />}
        <Button icon={Link2} onClick={() => void copyAddress(texts.actions.thisProposal)}>
          {texts.actions.copy}
        </Button>
        {mayWrite && (
          <Button icon={Trash2} onClick={() => setAsks('delete')}>
            {texts.actions.delete}
          </Button>
        )}
      </div>
      {proposal.state === 'open' && mayApprove && approval === 'own' && <p className="text-13 text-text-3">{texts.actions.own}</p>}
      {asks !== undefined && asks !== 'delete' && <DecisionDialog {...{ proposal }} decision={asks} isAlone={asks === 'approve' && approval === 'alone'} onClose={close} />}
      {asks === 'delete' && (
        <ConfirmDialog
          title={texts.deletion.ask(proposal)}
          description={texts.deletion.about}
          action={texts.deletion.action(proposal)}
          keep={texts.deletion.keep}
          failed={texts.deletion.failed}
          mutation={remove}
          request={{ id: proposal.id, version: proposal.version }}
          onDone={() => {
            announce(texts.deletion.done(proposal))
            void navigate({ to: '/access/proposals' })
          }}
          onClose={close}
        />
      )}
    </div>
  )
}
