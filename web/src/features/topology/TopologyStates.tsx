import { ChartNetwork } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiProblem, hasSlug } from '@/api/problem'
import { AccountBanners } from '@/components/AccountBanners'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Empty, Failed, NotAllowed } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { BeingRead, TooLarge } from '@/components/WholeNetwork'
import { texts } from './texts'
import type { TopologyState } from './useTopology'

const NothingToDraw = () => (
  <NothingSynced icon={ChartNetwork} title={texts.states.nothing}>
    {texts.states.afterSync}
  </NothingSynced>
)

export const TopologyLoading = () => (
  <div aria-busy="true" className="flex flex-1 flex-col p-3 md:p-5">
    <p role="status" className="sr-only">
      {texts.states.loading}
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
  if (hasSlug(error, 'forbidden')) return alone(<NotAllowed what={texts.what} permission={error.permission} />)
  if (!topology || graph?.nodes.length === 0) {
    if (hasSlug(error, 'not-found') && group !== undefined) {
      return framed(
        <Empty title={texts.states.groupGone} action={<Button onClick={onClose}>{texts.states.withoutGroup}</Button>}>
          {texts.states.whyGroupGone}
        </Empty>,
      )
    }
    if (graph || hasSlug(error, 'not-found')) return framed(<NothingToDraw />)
    if (hasSlug(error, 'conflict')) return framed(<TooLarge>{texts.states.tooLarge}</TooLarge>)
    if (error instanceof ApiProblem && error.status === 503) {
      return framed(<BeingRead {...retry}>{texts.states.beingRead}</BeingRead>)
    }
    if (error) return alone(<Failed error={error} what={texts.what} {...retry} />)
    return <TopologyLoading />
  }
  return children
}
