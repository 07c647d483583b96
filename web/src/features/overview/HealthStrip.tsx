import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Bone } from '@/components/Skeleton'
import { useHealthMetrics } from '@/queries/metrics'
import { healthHours, healthWords, type HealthHour } from './healthHours'

const LOOK: Readonly<Record<HealthHour['state'], string>> = {
  well: 'bg-ok h-2.5 self-end',
  // Taller, so that it is told apart without its colour.
  failed: 'bg-bad h-4',
  unknown: 'bg-surface-2 h-2.5 self-end outline-1 -outline-offset-1 outline-line-strong outline-dashed',
}

/** How reading an account went in the last day, hour by hour. */
export function HealthStrip({ accountId, name }: { accountId: string; name: string }) {
  const { data, isPending } = useHealthMetrics(accountId)
  if (isPending) return <Bone className="h-4 w-full" />
  const hours = data ? healthHours(data) : []
  // What cannot be asked for is missed by nobody: the row above says how it is now.
  if (hours.length === 0) return null
  return (
    <Link to="/metrics" search={{ account: accountId }} className="flex h-4 items-stretch gap-px" aria-label={`${name}, the last 24 h: ${healthWords(hours)}. All metrics`}>
      {hours.map(({ at, state, words }) => (
        <span key={at} title={words} className={clsx('min-w-0 flex-1 rounded-xs', LOOK[state])} />
      ))}
    </Link>
  )
}
