import type { DashboardOverview, TrendData } from '@/api/types'
import { lookOf, valueWords } from '@/components/metrics/series'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Card } from '@/components/ui/Card'
import { plural, UNKNOWN } from '@/lib/numbers'
import { useTrends } from '@/queries/metrics'
import { changeWords } from './trendWords'

const SERIES = 'peers_total,peers_online,peers_offline,uptime,sync_duration'

interface ValueProps {
  trend: TrendData
  value: number | null | undefined
  /** Of how many accounts that is. */
  accounts: number
  change?: string | undefined
}

function Value({ trend, value, accounts, change }: ValueProps) {
  return (
    <td className="py-2 pr-4 text-right align-top tabular-nums">
      <span className="whitespace-nowrap">{typeof value === 'number' ? valueWords(trend.unit, value) : UNKNOWN}</span>
      {change && <span className="block text-12 text-text-3">{change}</span>}
      {accounts > 0 && accounts < trend.accounts && <span className="block text-12 whitespace-nowrap text-warn-text">{`${accounts} of ${plural(trend.accounts, 'account')}`}</span>}
    </td>
  )
}

type NetworkTrends = DashboardOverview['networkTrends']

const HEADING = 'py-2 pr-4 text-right font-normal whitespace-nowrap'

const one = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const two = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 })

/** What there is one number of; what is not known is not said. */
function Sums({ of: { alertRate, uptime, peerGrowth } }: { of: NetworkTrends }) {
  const sums = [
    { label: 'Alerts, 24 h', words: typeof alertRate === 'number' ? one.format(alertRate) : undefined, title: 'Alerts that fired in the last 24 hours' },
    { label: 'Uptime, 24 h', words: typeof uptime === 'number' ? `${two.format(uptime)} %` : undefined, title: 'The part of the last 24 hours that peers were online' },
    { label: 'Peers, 7 d', words: typeof peerGrowth === 'number' ? `${peerGrowth < 0 ? '−' : '+'}${one.format(Math.abs(peerGrowth))} %` : undefined, title: 'By how much the number of peers grew in a week' },
  ]
  const known = sums.filter(({ words }) => words !== undefined)
  if (known.length === 0) return null
  return (
    <dl className="grid grid-cols-3 gap-3 border-t border-line px-4 py-2.5">
      {known.map(({ label, words, title }) => (
        <div key={label} title={title} className="min-w-0 whitespace-nowrap">
          <dt className="truncate text-12 text-text-3">{label}</dt>
          <dd className="text-14 font-semibold tabular-nums">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Now against a day and a week ago. */
export function Trends({ accountId, sums }: { accountId: string | undefined; sums: NetworkTrends }) {
  const query = useTrends(SERIES, accountId)
  return (
    <Card title="Trends" note="with the change since">
      <Loaded query={query} what="the trends" skeleton={<SkeletonRows rows={6} />}>
        {(trends) => (
          <table className="w-full text-14">
            <thead>
              <tr className="text-12 text-text-3">
                <th scope="col" className="pl-4">
                  <span className="sr-only">Series</span>
                </th>
                <th scope="col" className={HEADING}>
                  Now
                </th>
                <th scope="col" className={HEADING}>
                  A day ago
                </th>
                <th scope="col" className={HEADING}>
                  A week ago
                </th>
              </tr>
            </thead>
            <tbody>
              {trends.map((trend) => (
                <tr key={trend.name} className="border-t border-line">
                  <th scope="row" className="py-2 pr-2 pl-4 text-left align-top font-normal">
                    {lookOf(trend.name).title}
                  </th>
                  <Value trend={trend} value={trend.now} accounts={trend.nowAccounts} />
                  {[trend.dayAgo, trend.weekAgo].map((then) => (
                    <Value key={then.time} trend={trend} value={then.value} accounts={then.accounts} change={changeWords(trend.unit, then)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      <Sums of={sums} />
    </Card>
  )
}
