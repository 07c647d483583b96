import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AccessProposalNow } from '@/api/types'
import { ChangeSentence } from '@/components/difference/ChangeSentence'
import { CHOICE_LOOKS, choiceOf } from '@/components/difference/choices'
import { Differences } from '@/components/difference/Differences'
import { wrongAt } from '@/components/difference/problems'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { Bone, PageSkeleton } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute, Ago } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { FieldMessage } from '@/components/ui/Field'
import { plural } from '@/lib/numbers'
import { useProposal } from '@/queries/proposals'
import { Actions } from './Actions'
import { StateBadge } from './proposalState'
import { Standing } from './Standing'
import { namesThen } from './standing'
import { Talk } from './Talk'

const route = getRouteApi('/frame/access/proposals/$proposalId')

/** The changes in words, each with what keeps it from being made. */
function Changes({ found: { proposal, now } }: { found: AccessProposalNow }) {
  const nameThen = namesThen(proposal.touched)
  return (
    <Card title="Changes" note={proposal.changes.length > 1 && 'one after the other'}>
      <ol aria-label="Changes" className="divide-y divide-line pb-1">
        {proposal.changes.map((change, index) => {
          const { icon: Icon } = CHOICE_LOOKS[choiceOf(change)]
          return (
            <li key={index} className="flex items-start gap-2.5 px-4 py-2.5">
              <Icon aria-hidden className="mt-1 size-4 shrink-0 text-text-3" />
              <div className="min-w-0 flex-1">
                <p className="text-14 wrap-anywhere">
                  <ChangeSentence change={change} accountId={proposal.accountId} nameThen={nameThen} />
                </p>
                {now.inPlace.includes(index) && (
                  <Mark tone="ok" icon={CircleCheck} className="mt-0.5 text-12">
                    so already
                  </Mark>
                )}
                {wrongAt(now.problems, index).map((problem) => (
                  <div key={problem} className="mt-1">
                    <FieldMessage>{problem}</FieldMessage>
                  </div>
                ))}
              </div>
            </li>
          )
        })}
      </ol>
      {proposal.asOf && (
        <p className="border-t border-line px-4 py-2.5 text-12 text-text-3">
          Tried on the network as it was on <Absolute at={proposal.asOf} />
        </p>
      )}
    </Card>
  )
}

/** Why there is no difference to show, where that is known. */
const NOTHING: Readonly<Record<string, string>> = {
  in_place: 'Nothing: it is in place already.',
  gone: 'Nothing: it cannot be carried out any more.',
}

interface DetailProps {
  found: AccessProposalNow
  refreshing: boolean
  onRefresh: () => void
}

function Detail({ found, refreshing, onRefresh }: DetailProps) {
  const { proposal, now } = found
  const wasChanged = proposal.changedAt !== proposal.createdAt
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <StateBadge state={proposal.state} />
          <h2 className="mt-2 text-20 font-semibold wrap-anywhere">{proposal.title}</h2>
          <p className="mt-0.5 text-13 wrap-anywhere text-text-3">
            {plural(proposal.changeCount, 'change')} in {proposal.accountName}, by {proposal.createdBy.name} <Ago at={proposal.createdAt} />
            {wasChanged && (
              <>
                ; changed by {proposal.changedBy.name} <Ago at={proposal.changedAt} />
              </>
            )}
            {proposal.keptUntil && (
              <>
                . Kept until <Absolute at={proposal.keptUntil} />
              </>
            )}
          </p>
        </div>
        <Actions proposal={proposal} />
      </div>
      <Standing now={now} />
      <div className="grid gap-4 xl:grid-cols-[24rem_minmax(0,1fr)] xl:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          {proposal.description && (
            <Card title="What for">
              <p className="px-4 pt-1 pb-4 text-14 wrap-anywhere whitespace-pre-line">{proposal.description}</p>
            </Card>
          )}
          <Changes found={found} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {now.difference ? (
            <section aria-label="What it would do now">
              <Differences found={now.difference} on={{}} fading={false} refreshing={refreshing} onRefresh={onRefresh} link={undefined} trial={{ accountId: proposal.accountId, changes: proposal.changes, protocol: undefined, port: undefined }} />
            </section>
          ) : (
            <Card title="What it would do now">
              <p className="px-4 pt-1 pb-4 text-13 text-text-3">{NOTHING[now.standing] ?? 'Unknown; see above.'}</p>
            </Card>
          )}
          <Talk proposal={proposal} />
        </div>
      </div>
    </>
  )
}

const Waiting = () => (
  <>
    <PageSkeleton rows={3} />
    <Bone className="mt-4 h-48 w-full rounded-lg" />
  </>
)

function ProposalById() {
  const { proposalId } = route.useParams()
  const query = useProposal(proposalId)
  usePageName(query.data?.proposal.title)
  if (hasSlug(query.error, 'not-found')) {
    return (
      <NoSuch what="proposal" to="/access/proposals">
        It was deleted, closed long ago, or is of another tenant.
      </NoSuch>
    )
  }
  return (
    <Loaded query={query} what="the proposal" skeleton={<Waiting />}>
      {(found) => <Detail found={found} refreshing={query.isFetching} onRefresh={() => void query.refetch()} />}
    </Loaded>
  )
}

export function ProposalPage() {
  return useCan('netbird:read') ? <ProposalById /> : <NotAllowed what="proposals" permission="netbird:read" />
}
