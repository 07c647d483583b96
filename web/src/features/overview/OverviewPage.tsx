import { useCan } from '@/api/client'
import type { DashboardOverview } from '@/api/types'
import { AccountBanners } from '@/components/AccountBanners'
import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import { Bone } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { part } from '@/components/ui/part'
import { useOverview } from '@/queries/overview'
import { Figures } from './Figures'
import { LatestEvents } from './LatestEvents'
import { NeedsAttention } from './NeedsAttention'
import { HistorySkeleton, OverviewSkeleton } from './OverviewSkeleton'
import { PeersByAccount } from './PeersByAccount'
import { SystemHealth } from './SystemHealth'
import { texts } from './texts'

const FirstSteps = part(() => import('./FirstSteps'), { waiting: <Bone className="mx-auto h-72 max-w-2xl rounded-lg" />, what: texts.page.firstSteps })
const History = part(() => import('./History'), { waiting: <HistorySkeleton />, what: texts.page.history })

function Overview({ overview, accountId }: { overview: DashboardOverview; accountId: string | undefined }) {
  return (
    <>
      <AccountBanners />
      <div className="flex flex-col gap-4">
        <NeedsAttention overview={overview} />
        <Figures overview={overview} accountId={accountId} />
        <History accountId={accountId} sums={overview.networkTrends} />
        <PeersByAccount />
        <div className="grid gap-4 lg:grid-cols-2">
          <SystemHealth health={overview.systemHealth} />
          <LatestEvents events={overview.latestEvents} />
        </div>
      </div>
    </>
  )
}

/** Is anything wrong, what, since when, who is on it: in this order. */
export function OverviewPage() {
  const allowed = useCan('dashboard:read')
  const chosen = useAccountFilter()
  const account = useAccountsInView().find(({ id }) => id === chosen)
  const query = useOverview(allowed, account?.id)
  if (!allowed) return <NotAllowed what={texts.page.what} permission="dashboard:read" />
  return (
    <Loaded query={query} what={texts.page.what} skeleton={<OverviewSkeleton />}>
      {(overview) => (overview.accounts === 0 ? <FirstSteps rules={overview.rules} /> : <Overview overview={overview} accountId={account?.id} />)}
    </Loaded>
  )
}
