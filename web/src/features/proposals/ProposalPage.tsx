import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useCan } from '@/api/client'
import type { AccessProposalNow } from '@/api/types'
import { ChangeSentence } from '@/components/difference/ChangeSentence'
import { changeLook } from '@/components/difference/choices'
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
import { named } from '@/lib/named'
import { phrase } from '@/lib/phrase'
import { useProposal } from '@/queries/proposals'
import { Actions } from './Actions'
import { StateBadge } from './proposalState'
import { Standing } from './Standing'
import { namesThen } from './standing'
import { Talk } from './Talk'
import { texts } from './texts'

const route = getRouteApi('/frame/access/proposals/$proposalId')

/** The changes in words, each with what keeps it from being made. */
function Changes({ found: { proposal, now } }: { found: AccessProposalNow }) {
  const nameThen = namesThen(proposal.touched)
  return (
    <Card title={texts.list.changes} note={proposal.changes.length > 1 && texts.page.inOrder}>
      <ol aria-label={texts.list.changes} className="divide-y divide-line pb-1">
        {proposal.changes.map((change, index) => {
          const { icon: Icon } = changeLook(change)
          return (
            <li key={index} className="flex items-start gap-2.5 px-4 py-2.5">
              <Icon aria-hidden className="mt-1 size-4 shrink-0 text-text-3" />
              <div className="min-w-0 flex-1">
                <p className="text-14 wrap-anywhere">
                  <ChangeSentence change={change} accountId={proposal.accountId} nameThen={nameThen} />
                </p>
                {now.inPlace.includes(index) && (
                  <Mark tone="ok" icon={CircleCheck} className="mt-0.5 text-12">
                    {texts.page.soAlready}
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
          {phrase(texts.page.triedOn, { time: <Absolute at={proposal.asOf} /> })}
        </p>
      )}
    </Card>
  )
}


interface DetailProps {
  found: AccessProposalNow
  refreshing: boolean
  onRefresh: () => void
}

function Detail({ found, refreshing, onRefresh }: DetailProps) {
  const { proposal, now } = found
  const values = { changes: texts.list.changeCount({ count: proposal.changeCount }), account: proposal.accountName, by: proposal.createdBy.name, ago: <Ago at={proposal.createdAt} /> }
  const made =
    proposal.changedAt === proposal.createdAt
      ? phrase(texts.page.made, values)
      : phrase(texts.page.madeAndChanged, { ...values, changedBy: proposal.changedBy.name, changedAgo: <Ago at={proposal.changedAt} /> })
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <StateBadge state={proposal.state} />
          <h2 className="mt-2 text-20 font-semibold wrap-anywhere">{proposal.title}</h2>
          <p className="mt-0.5 text-13 wrap-anywhere text-text-3">{proposal.keptUntil ? phrase(texts.page.kept, { made, until: <Absolute at={proposal.keptUntil} /> }) : made}</p>
        </div>
        <Actions proposal={proposal} />
      </div>
      <Standing now={now} />
      <div className="grid gap-4 xl:grid-cols-[24rem_minmax(0,1fr)] xl:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          {proposal.description && (
            <Card title={texts.page.whatFor}>
              <p className="px-4 pt-1 pb-4 text-14 wrap-anywhere whitespace-pre-line">{proposal.description}</p>
            </Card>
          )}
          <Changes found={found} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {now.difference ? (
            <section aria-label={texts.page.wouldDo}>
              <Differences found={now.difference} on={{}} fading={false} refreshing={refreshing} onRefresh={onRefresh} link={undefined} trial={{ accountId: proposal.accountId, changes: proposal.changes, protocol: undefined, port: undefined }} />
            </section>
          ) : (
            <Card title={texts.page.wouldDo}>
              <p className="px-4 pt-1 pb-4 text-13 text-text-3">{named<string>(texts.page.nothing, now.standing, () => texts.page.notKnown)}</p>
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
  return (
    <Loaded
      query={query}
      what={texts.page.what}
      skeleton={<Waiting />}
      gone={
        <NoSuch what={texts.page.noSuch} to="/access/proposals">
          {texts.page.whyNoSuch}
        </NoSuch>
      }
    >
      {(found) => <Detail found={found} refreshing={query.isFetching} onRefresh={() => void query.refetch()} />}
    </Loaded>
  )
}

export function ProposalPage() {
  return useCan('netbird:read') ? <ProposalById /> : <NotAllowed what={texts.what} permission="netbird:read" />
}
