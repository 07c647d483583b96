import type { DashboardOverview } from '@/api/types'
import { PeersOverTime } from './PeersOverTime'
import { Trends } from './Trends'

/** What was, beside what is. Loaded by itself: what is wrong now is on screen before it. */
export default function History({ accountId, sums }: { accountId: string | undefined; sums: DashboardOverview['networkTrends'] }) {
  return (
    <div className="grid gap-4 xl:grid-cols-3">
      <PeersOverTime accountId={accountId} />
      <Trends accountId={accountId} sums={sums} />
    </div>
  )
}
