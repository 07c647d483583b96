import { CircleCheck, CircleX, Archive, RotateCcw, MessageSquare, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { limits } from '@/api/__generated__/limits'
import { useCan } from '@/api/client'
import type { AccessProposal, ProposalDecision } from '@/api/types'
import { CommentForm } from '@/components/CommentForm'
import { Ago } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { named } from '@/lib/named'
import { phrase } from '@/lib/phrase'
import { useCommentProposal } from '@/queries/proposals'
import { didWords, talk } from './standing'
import { texts } from './texts'

const ICONS: Record<ProposalDecision, LucideIcon> = { approve: CircleCheck, reject: CircleX, close: Archive, reopen: RotateCcw }

/** Who it was and when, as both sentences have it. */
const told = ({ by, at }: Pick<ReturnType<typeof talk>[number], 'by' | 'at'>) => ({
  who: by.name,
  ago: <Ago at={at} />,
  name: (words: ReactNode) => <span className="font-semibold">{words}</span>,
  when: (words: ReactNode) => <span className="text-13 whitespace-nowrap text-text-3">{words}</span>,
})

/** What people said and decided, oldest first. */
export function Talk({ proposal }: { proposal: AccessProposal }) {
  const said = talk(proposal)
  const maySay = useCan('proposals:write')
  const comment = useCommentProposal(proposal.id)
  return (
    <Card title={texts.talk.title} note={said.length > 0 && texts.talk.count({ count: said.length })}>
      {said.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-13 text-text-3">{texts.talk.none}</p>
      ) : (
        <ol aria-label={texts.talk.title} className="divide-y divide-line pb-1">
          {said.map((one, index) => {
            const Icon = one.kind === 'comment' ? MessageSquare : named(ICONS, one.decision, () => MessageSquare)
            return (
              <li key={index} className="flex items-start gap-2.5 px-4 py-2.5 text-14">
                <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
                <div className="min-w-0 flex-1">
                  <p className="wrap-anywhere">
                    {one.kind === 'decision' ? phrase(texts.talk.decision, { ...told(one), did: one.isAlone ? texts.talk.alone({ did: didWords(one.decision) }) : didWords(one.decision) }) : phrase(texts.talk.comment, told(one))}
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
          placeholder={texts.talk.placeholder}
          hint={texts.talk.hint}
          said={texts.talk.said}
        />
      )}
    </Card>
  )
}
