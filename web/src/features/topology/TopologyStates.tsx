import { ChartNetwork } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiProblem, hasSlug } from '@/api/problem'
import { AccountBanners } from '@/components/AccountBanners'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Empty, Failed, NotAllowed } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { BeingRead, TooLarge } from '@/components/WholeNetwork'
import type { TopologyState } from './useTopology'

const NothingToDraw = () => (
  <NothingSynced icon={ChartNetwork} title="Nothing to draw yet">
    Groups, networks and what the policies say between them appear here within minutes of the first sync.
  </NothingSynced>
)

export const TopologyLoading = () => (
  <div aria-busy="true" className="flex flex-1 flex-col p-3 md:p-5">
    <p role="status" className="sr-only">
      Loading the topology
    </p>
    <div aria-hidden className="flex min-h-96 flex-1 flex-col gap-4">
      <Bone className="h-8 w-2/3" />
      <Bone className="flex-1" />
    </div>
  </div>
)

/** The states of the page that have nothing to show; with something, its children. */
export function TopologyStates({ state: { query, topology, graph }, group, onClose, children }: { state: TopologyState; group: string | undefined; onClose: () => void; children: ReactNode }) {
  const { error } = query
  const retry = { retrying: query.isFetching, onRetry: () => void query.refetch() }
  const alone = (what: ReactNode) => (
    <div className="w-full max-w-[1600px] p-3 md:p-5">
      <AccountBanners />
      {what}
    </div>
  )
  const framed = (what: ReactNode) => alone(<div className="rounded-lg border border-line bg-surface-1">{what}</div>)
  if (hasSlug(error, 'forbidden')) return alone(<NotAllowed what="the topology" permission={error.permission} />)
  if (!topology || graph?.nodes.length === 0) {
    if (hasSlug(error, 'not-found') && group !== undefined) {
      return framed(
        <Empty title="That group is gone" action={<Button onClick={onClose}>Show the network without it</Button>}>
          NetBird has no group of this id in the account that is shown.
        </Empty>,
      )
    }
    if (graph || hasSlug(error, 'not-found')) return framed(<NothingToDraw />)
    if (hasSlug(error, 'conflict')) return framed(<TooLarge>Its rules, groups and peers are too many together to say who reaches what. The lists have all of them.</TooLarge>)
    if (error instanceof ApiProblem && error.status === 503) {
      return framed(<BeingRead {...retry}>Half of a network would give wrong answers, so it is shown after the next sync. This page looks again every 30 seconds.</BeingRead>)
    }
    if (error) return alone(<Failed error={error} what="the topology" {...retry} />)
    return <TopologyLoading />
  }
  return children
}
