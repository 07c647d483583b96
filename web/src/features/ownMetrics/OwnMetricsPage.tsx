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
import { texts } from './texts'

function RemoveDialog({ metric, onClose }: { metric: OwnMetric; onClose: () => void }) {
  const title = ownTitle(metric)
  return (
    <ConfirmDialog
      title={texts.removal.ask({ metric: title })}
      description={texts.removal.about}
      action={texts.removal.action}
      failed={texts.removal.failed}
      mutation={useRemoveOwnMetric()}
      request={metric.id}
      onDone={() => announce(texts.removal.done({ metric: title }))}
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
          <Empty icon={Activity} title={texts.list.empty}>
            {texts.list.whyEmpty}
          </Empty>
        }
      />
      <PushCard />
      {removing && <RemoveDialog metric={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}
