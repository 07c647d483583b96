import { Link, useNavigate } from '@tanstack/react-router'
import { GitPullRequestArrow, Save, TriangleAlert } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AccessChange, AccessProposal, AccessProposalInput } from '@/api/types'
import { announce } from '@/components/announcements'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { TextAreaField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { phrase } from '@/lib/phrase'
import { useCreateProposal, useProposalOf, useUpdateProposal, type Seen } from '@/queries/proposals'
import { texts } from './texts'

const { title: TITLE, description: DESCRIPTION } = limits.AccessProposalInput

interface Draft {
  title: string
  description: string
}

interface SaveDialogProps {
  accountId: string
  changes: readonly AccessChange[]
  /** The proposal that the changes are of; without it, another is made. */
  seen?: Seen | undefined
  initial: Draft
  onClose: () => void
}

function SaveDialog({ accountId, changes, seen, initial, onClose }: SaveDialogProps) {
  const navigate = useNavigate()
  const create = useCreateProposal()
  const update = useUpdateProposal(seen ?? { id: '', version: 0 })
  const { busy, failure, form, text, draft, change, errors } = useForm<Draft, AccessProposalInput, AccessProposal>({
    initial,
    validate: ({ title }) => (title.trim() === '' ? { '/title': texts.proposal.giveTitle } : {}),
    mutation: seen ? update : create,
    request: ({ title, description }) => ({ accountId, title: title.trim(), description: description.trim(), changes: [...changes] }),
    onSuccess: ({ id, title }) => {
      announce(seen ? texts.proposal.saved({ title }) : texts.proposal.proposed({ title }))
      void navigate({ to: '/access/proposals/$proposalId', params: { proposalId: id } })
    },
  })
  return (
    <Dialog
      open
      title={seen ? texts.proposal.saveTo : texts.proposal.saveAs}
      description={seen ? texts.proposal.openAgain : texts.proposal.othersSee}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <form {...form} className="flex flex-col gap-3">
        <RequestFailure error={failure} title={texts.proposal.notSaved} fields={['/title', '/description']} />
        <TextField label={texts.proposal.title} maxLength={TITLE.maxLength} placeholder={texts.proposal.titleExample} {...text('title')} />
        <TextAreaField
          label={texts.proposal.whatFor}
          optional
          rows={4}
          maxLength={DESCRIPTION.maxLength}
          value={draft.description}
          error={errors['/description']}
          onChange={(event) => change({ description: event.target.value })}
        />
        <DialogActions>
          <Button onClick={onClose}>{texts.form.cancel}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {seen ? texts.proposal.saveChanges : texts.proposal.propose}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

interface SaveProposalProps {
  accountId: string
  changes: readonly AccessChange[]
  /** The proposal that the address names, and its version then. */
  proposal: string | undefined
  seen: string | undefined
}

/** Keeps what is tried for others to look at. */
export function SaveProposal({ accountId, changes, proposal: id, seen }: SaveProposalProps) {
  const [asks, setAsks] = useState(false)
  const { data, error } = useProposalOf(id)
  if (!useCan('proposals:write') || changes.length === 0) return null
  const isNew = id === undefined || hasSlug(error, 'not-found')
  const title = data?.proposal.title ?? ''
  // Until it is known, its title cannot be kept.
  if (!isNew && data === undefined) return null
  return (
    <>
      <Button icon={isNew ? GitPullRequestArrow : Save} className="mt-2 w-full" onClick={() => setAsks(true)}>
        {isNew ? texts.proposal.saveAs : texts.proposal.saveTo}
      </Button>
      {asks && (
        <SaveDialog
          {...{ accountId, changes }}
          seen={isNew ? undefined : { id, version: seen === undefined ? (data?.proposal.version ?? 0) : Number(seen) }}
          initial={{ title, description: data?.proposal.description ?? '' }}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  )
}

/** Whose changes these are, and whether they are still so. */
export function ProposalNote({ id, seen }: { id: string; seen: string | undefined }) {
  const { data, error } = useProposalOf(id)
  const isGone = hasSlug(error, 'not-found')
  if (!data && !isGone) return null
  const isOld = data !== undefined && seen !== undefined && data.proposal.version !== Number(seen)
  const isWarning = isGone || isOld
  const values = {
    title: data?.proposal.title,
    link: (words: ReactNode) => (
      <Link to="/access/proposals/$proposalId" params={{ proposalId: id }} className="font-semibold underline underline-offset-2">
        {words}
      </Link>
    ),
  }
  return (
    <p role="status" className={`mb-3 flex items-start gap-2 rounded-lg border border-line px-3 py-2 text-13 ${isWarning ? 'bg-warn-soft text-warn-text' : 'bg-info-soft text-info-text'}`}>
      {isWarning ? <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" /> : <GitPullRequestArrow aria-hidden className="mt-0.5 size-4 shrink-0" />}
      <span className="min-w-0 wrap-anywhere">{isGone ? texts.proposal.gone : isOld ? phrase(texts.proposal.ofOld, values) : phrase(texts.proposal.of, values)}</span>
    </p>
  )
}
