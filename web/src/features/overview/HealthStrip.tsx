import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Bone } from '@/components/Skeleton'
import { useHealthMetrics } from '@/queries/metrics'
import { healthCells, healthWords, type CellState } from './healthCells'
import { texts } from './texts'

/** Each of another height, so that they are told apart without their colours. Some peers are offline in most networks at most times: that is no alarm. */
const LOOKS: readonly { state: CellState; word: string; look: string }[] = [
  { state: 'up', word: texts.healthLooks.up, look: 'h-2 bg-ok' },
  { state: 'down', word: texts.healthLooks.down, look: 'h-3 border-t-4 border-warn bg-ok' },
  { state: 'failed', word: texts.healthLooks.failed, look: 'h-4 bg-bad' },
  { state: 'unknown', word: texts.healthLooks.unknown, look: 'h-1.5 bg-surface-3 outline-1 -outline-offset-1 outline-line-strong' },
]

const lookOf = (state: CellState): string => LOOKS.find((one) => one.state === state)?.look ?? ''

export function HealthLegend() {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-0.5 pb-3 text-12 text-text-3">
      {LOOKS.map(({ state, word, look }) => (
        <li key={state} className="flex items-center gap-1.5 whitespace-nowrap">
          <span aria-hidden className={clsx('w-1.5 rounded-xs', look)} />
          {word}
        </li>
      ))}
    </ul>
  )
}

interface HealthStripProps {
  accountId: string
  name: string
  /** By quarters of an hour; else by hours, which are a sixtieth to read. */
  isFine: boolean
}

/** How an account was in the last day. */
export function HealthStrip({ accountId, name, isFine }: HealthStripProps) {
  const { data, isPending } = useHealthMetrics(accountId, isFine ? '1m' : '1h')
  if (isPending) return <Bone className="h-4 w-full" />
  const cells = data ? healthCells(data) : []
  // What cannot be asked for is missed by nobody: the row above says how it is now.
  if (cells.length === 0) return null
  return (
    <Link to="/metrics" search={{ account: accountId }} className={clsx('flex h-4 items-end gap-px', isFine && 'max-sm:gap-0')} aria-label={texts.healthStrip.label({ name, health: healthWords(cells) })}>
      {cells.map(({ at, state, words }) => (
        <span key={at} title={words} className={clsx('min-w-0 flex-1 rounded-[1px]', lookOf(state))} />
      ))}
    </Link>
  )
}
