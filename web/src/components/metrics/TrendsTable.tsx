import type { TrendData } from '@/api/types'
import { UNKNOWN } from '@/lib/numbers'
import { utcDay } from '@/lib/time'
import { valueWords } from './series'
import { texts } from './texts'
import { changeWords, trendTitle, type Against } from './trendWords'

interface ValueProps {
  trend: TrendData
  value: number | null | undefined
  /** Of how many accounts that is. */
  accounts: number
  title?: string | undefined
  /** That is said once for all. */
  isSaid: boolean
}

const partWords = (accounts: number, all: number): string => texts.trends.part({ accounts, all })

function Value({ trend, value, accounts, title, isSaid }: ValueProps) {
  return (
    <td className="py-2 pr-4 text-right max-sm:pr-2.5 align-top tabular-nums" title={title}>
      <span className="whitespace-nowrap">{typeof value === 'number' ? valueWords(trend.unit, value) : UNKNOWN}</span>
      {!isSaid && accounts > 0 && accounts < trend.accounts && <span className="block text-12 text-warn-text">{partWords(accounts, trend.accounts)}</span>}
    </td>
  )
}

const HEADING = 'py-2 pr-4 text-right max-sm:pr-2.5 align-top font-normal whitespace-nowrap'

const isDay = ({ of }: Against): boolean => of === 'monthAgo' || of === 'quarterAgo'

interface TrendsTableProps {
  trends: readonly TrendData[]
  against: Against
  titleOf?: (trend: TrendData) => string
}

/** Of how many accounts all of what is known tells, where that is a part of them. */
function partOf(trends: readonly TrendData[], known: (trend: TrendData) => number): string | undefined {
  const told = new Set(trends.filter((trend) => known(trend) > 0).map((trend) => `${known(trend)} ${trend.accounts}`))
  const [first] = trends.filter((trend) => known(trend) > 0)
  return told.size === 1 && first && known(first) < first.accounts ? partWords(known(first), first.accounts) : undefined
}

/** Now against then, and the change. */
export function TrendsTable({ trends, against, titleOf = ({ name }) => trendTitle(name) }: TrendsTableProps) {
  const [partNow, partThen] = [partOf(trends, ({ nowAccounts }) => nowAccounts), partOf(trends, (trend) => trend[against.of].accounts)]
  return (
    <table className="w-full text-14">
      <thead>
        <tr className="text-12 text-text-3">
          <th scope="col" className="pl-4">
            <span className="sr-only">{texts.trends.series}</span>
          </th>
          <th scope="col" className={HEADING}>
            {texts.trends.now}
            {partNow && <span className="block text-warn-text">{partNow}</span>}
          </th>
          <th scope="col" className={HEADING}>
            {against.title}
            {partThen && <span className="block text-warn-text">{partThen}</span>}
          </th>
          <th scope="col" className={HEADING}>
            {texts.trends.change}
          </th>
        </tr>
      </thead>
      <tbody>
        {trends.map((trend) => {
          const then = trend[against.of]
          return (
            <tr key={`${trend.name} ${trend.by ?? ''} ${trend.isOther ? 'others' : `is ${trend.value ?? ''}`}`} className="border-t border-line">
              <th scope="row" className="py-2 pr-2 pl-4 max-sm:pl-3 text-left align-top font-normal wrap-anywhere">
                <span className="block min-w-22 max-sm:min-w-18">{titleOf(trend)}</span>
              </th>
              <Value trend={trend} value={trend.now} accounts={trend.nowAccounts} isSaid={partNow !== undefined} />
              <Value trend={trend} value={then.value} accounts={then.accounts} isSaid={partThen !== undefined} title={isDay(against) ? texts.trends.whole({ day: utcDay(new Date(then.time)) }) : undefined} />
              <td className="py-2 pr-4 text-right max-sm:pr-2.5 align-top text-13 text-text-3 tabular-nums">{changeWords(trend.unit, then) ?? UNKNOWN}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
