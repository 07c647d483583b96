import { Activity } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useCan } from '@/api/client'
import type { OwnMetric } from '@/api/types'
import { useAccountFilter, useAccountsInView } from '@/components/accountFilter'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { ownTitle } from '@/components/metrics/own'
import { Empty } from '@/components/states'
import { useOwnMetrics, useRemoveOwnMetric } from '@/queries/ownMetrics'
import { ownMetricList } from './ownMetricList'
import { PushCard } from './PushCard'

function RemoveDialog({ metric, onClose }: { metric: OwnMetric; onClose: () => void }) {
  const title = ownTitle(metric)
  return (
    <ConfirmDialog
      title={`Remove ${title}?`}
      description="What was pushed of it is shown no more. A script that goes on pushing it begins anew. One that a rule watches stays."
      action="Remove it"
      failed="The metric was not removed"
      mutation={useRemoveOwnMetric()}
      request={metric.id}
      onDone={() => announce(`${title} is removed.`)}
      onClose={onClose}
    />
  )
}

/** What the tenant pushed of its own. */
export function OwnMetricsPage() {
  const [removing, setRemoving] = useState<OwnMetric | null>(null)
  const mayWrite = useCan('metrics:write')
  const severalAccounts = useAccountsInView().length > 1
  const definition = useMemo(() => ownMetricList(severalAccounts, mayWrite ? setRemoving : undefined), [severalAccounts, mayWrite])
  const list = useWholeList(useOwnMetrics(useAccountFilter()), definition)
  return (
    <>
      <List
        definition={definition}
        list={list}
        empty={
          <Empty icon={Activity} title="Nothing was pushed yet">
            Push numbers that NetBird does not know, such as the age of a backup. They are drawn under Metrics, and rules compare them.
          </Empty>
        }
      />
      <PushCard />
      {removing && <RemoveDialog metric={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}
