import { getRouteApi } from '@tanstack/react-router'
import { ChartNetwork, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { AccountBanners } from '@/components/AccountBanners'
import { List } from '@/components/list/List'
import { Empty, RefreshFailed } from '@/components/states'
import { part } from '@/components/ui/part'
import { AccountAge } from '@/components/WholeNetwork'
import { usePhone } from '@/lib/mediaQuery'
import { useChange } from './address'
import { texts } from './texts'
import { TopologyLead } from './TopologyBar'
import { TopologyNotes } from './TopologyNotes'
import { TopologyLoading, TopologyStates } from './TopologyStates'
import { useTopology, type TopologyState } from './useTopology'

/** With all that draws, which the table needs nothing of. */
const DrawingView = part(() => import('./DrawingView'), { waiting: <TopologyLoading />, what: texts.drawing })

const route = getRouteApi('/frame/topology')

function TopologyTable({ state: { topology, definition, list } }: { state: TopologyState }) {
  return (
    <div className="w-full max-w-[1600px] p-3 md:p-5">
      <AccountBanners />
      {topology && <TopologyNotes topology={topology} className="mb-4" />}
      <List
        definition={definition}
        list={list}
        lead={<TopologyLead isTable shown={topology} />}
        note={topology && <AccountAge shown={topology} lead=", " className="" />}
        empty={
          <Empty icon={ChartNetwork} title={texts.empty}>
            {texts.whyEmpty}
          </Empty>
        }
      />
    </div>
  )
}

/** The network of one account, drawn, and the same as a table. */
export function TopologyPage() {
  const { view, group } = route.useSearch()
  const change = useChange()
  const phone = usePhone()
  const state = useTopology()
  const [failed, setFailed] = useState(false)
  const isTable = failed || (view === undefined ? phone : view === 'table')
  return (
    <TopologyStates state={state} group={group} onClose={() => change({ group: undefined }, { replace: true })}>
      {state.query.error && (
        <div className="px-3 pt-3 md:px-5">
          <RefreshFailed error={state.query.error} since={state.query.dataUpdatedAt} />
        </div>
      )}
      {failed && view !== 'table' && (
        <p role="status" className="mx-3 mt-3 flex items-start gap-2 rounded-lg border border-line bg-warn-soft px-4 py-2 text-13 text-warn-text md:mx-5">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {texts.noWebGl}
        </p>
      )}
      {isTable && <TopologyTable state={state} />}
      {!isTable && state.topology && state.graph && (
        <DrawingView key={state.topology.accountId} state={state} topology={state.topology} graph={state.graph} onFail={() => setFailed(true)} />
      )}
    </TopologyStates>
  )
}
