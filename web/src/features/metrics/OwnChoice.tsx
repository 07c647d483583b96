import { getRouteApi, Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { OwnMetric } from '@/api/types'
import { ownTitle } from '@/components/metrics/own'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

const route = getRouteApi('/frame/metrics')

interface OwnChoiceProps {
  all: readonly OwnMetric[]
  /** Those that are shown. */
  shown: readonly OwnMetric[]
  most: number
}

/** Which of the tenant's own series are shown beside the others: in the address. */
export function OwnChoice({ all, shown, most }: OwnChoiceProps) {
  const navigate = route.useNavigate()
  const left = all.filter((metric) => !shown.includes(metric))
  const accounts = new Set(all.map(({ accountId }) => accountId))
  const said = (metric: OwnMetric) => (accounts.size > 1 ? texts.own.ofAccount({ metric: ownTitle(metric), account: metric.accountName }) : ownTitle(metric))
  const { own: _, ...rest } = route.useSearch()
  const withOwn = (own: readonly OwnMetric[]) => ({ ...rest, ...(own.length > 0 && { own: own.map(({ id }) => id) }) })
  return (
    <div className="-mt-1 mb-4 flex flex-wrap items-center gap-1.5 text-13">
      <span className="text-text-3">{texts.own.label}</span>
      {shown.map((metric) => (
        <Link
          key={metric.id}
          to="."
          search={withOwn(shown.filter((one) => one !== metric))}
          resetScroll={false}
          activeProps={{}}
          className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-md bg-accent-soft px-2.5 text-accent-text touch:h-11"
        >
          {phrase(texts.own.remove, {
            name: (words) => <span className="truncate">{words}</span>,
            metric: said(metric),
            cross: <X aria-hidden className="size-3.5 shrink-0" />,
            hidden: (words) => <span className="sr-only">{words}</span>,
          })}
        </Link>
      ))}
      {left.length > 0 && shown.length < most && (
        <select
          aria-label={texts.own.show}
          value=""
          className="h-8 max-w-56 rounded-md border border-line bg-surface-1 px-2 text-text-2 touch:h-11"
          onChange={(event) => {
            const chosen = left.find(({ id }) => id === event.target.value)
            if (chosen) void navigate({ to: '.', search: withOwn([...shown, chosen]), resetScroll: false })
          }}
        >
          <option value="">{texts.own.showOne}</option>
          {left.map((metric) => (
            <option key={metric.id} value={metric.id}>
              {said(metric)}
            </option>
          ))}
        </select>
      )}
      <Link to="/metrics/own" className="inline-flex items-center px-1 text-accent-text touch:min-h-11">
        {all.length > 0 ? texts.own.all : texts.own.push}
      </Link>
    </div>
  )
}
