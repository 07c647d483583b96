import { CircleCheck, CircleX, Archive, RotateCcw, MessageSquare, type LucideIcon } from 'lucide-react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { AccessProposal, ProposalDecision } from '@/api/types'
import { CommentForm } from '@/components/CommentForm'
import { Ago } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { named } from '@/lib/named'
import { useCommentProposal } from '@/queries/proposals'
import { didWords, talk } from './standing'

const ICONS: Record<ProposalDecision, LucideIcon> = { approve: CircleCheck, reject: CircleX, close: Archive, reopen: RotateCcw }

/** What people said and decided, oldest first. */
export function Talk({ proposal }: { proposal: AccessProposal }) {
  const said = talk(proposal)
  const maySay = useCan('proposals:write')
  const comment = useCommentProposal(proposal.id)
  return (
    <Card title="Discussion" note={said.length > 0 && `${said.length}`}>
      {said.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-13 text-text-3">Nobody has said anything yet.</p>
      ) : (
        <ol aria-label="Discussion" className="divide-y divide-line pb-1">
          {said.map((one, index) => {
            const Icon = one.kind === 'comment' ? MessageSquare : named(ICONS, one.decision, () => MessageSquare)
            return (
              <li key={index} className="flex items-start gap-2.5 px-4 py-2.5 text-14">
                <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
                <div className="min-w-0 flex-1">
                  <p className="wrap-anywhere">
                    <span className="font-semibold">{one.by.name}</span> {one.kind === 'decision' && didWords(one.decision)}
                    {one.kind === 'decision' && one.isAlone && ', though it is their own: nobody else may approve'}
                    <span className="text-13 whitespace-nowrap text-text-3">
                      {' · '}
                      <Ago at={one.at} />
                    </span>
                  </p>
                  {one.message && <p className="mt-0.5 wrap-anywhere whitespace-pre-line text-text-2">{one.message}</p>}
                </div>
              </li>
            )
          })}
        </ol>
      )}
      {maySay && (
        <CommentForm
          key={proposal.id}
          mutation={comment}
          longest={limits.AccessProposalCommentInput.message.maxLength}
          placeholder="What speaks for it, what against"
          hint="For whoever decides. Nobody is notified."
          said="Your comment is in the discussion."
        />
      )}
    </Card>
  )
}
