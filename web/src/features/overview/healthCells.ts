import type { DashboardMetrics } from '@/api/types'
import { stepOf } from '@/components/metrics/series'
import { dayAndHour, hourLabel, MINUTE } from '@/lib/time'
import { texts } from './texts'

export type CellState = 'up' | 'down' | 'failed' | 'unknown'

export interface HealthCell {
  at: number
  state: CellState
  words: string
}

/** What a cell tells of, if its points are no further apart. */
const CELL = 15 * MINUTE

type Point = DashboardMetrics['series'][number]['points'][number]

const greatest = (points: readonly Point[]): number | null => points.reduce<number | null>((most, { value, max }) => (typeof value === 'number' ? Math.max(most ?? 0, max ?? value) : most), null)

function cell(at: number, length: number, offline: readonly Point[], failures: readonly Point[]): HealthCell {
  const most = greatest(offline)
  const failed = failures.reduce((sum, { value }) => sum + (value ?? 0), 0)
  const parts: string[] = []
  if (failed > 0) parts.push(texts.cell.failed({ minutes: Math.ceil(failed) }))
  if (most !== null) parts.push(most > 0 ? texts.cell.offline({ count: Math.ceil(most) }) : texts.cell.noneOffline)
  const state = failed > 0 ? 'failed' : most === null ? 'unknown' : most > 0 ? 'down' : 'up'
  return { at, state, words: texts.cell.during({ from: dayAndHour(new Date(at)), to: hourLabel(new Date(at + length)), parts }) }
}

/** How an account was, one cell after the other: whether it could be read, and whether anything was offline. */
export function healthCells({ series, resolution, from }: DashboardMetrics): HealthCell[] {
  const pointsOf = (wanted: string) => series.find(({ name }) => name === wanted)?.points ?? []
  const [offline, failures] = [pointsOf('peers_offline'), pointsOf('sync_failures')]
  const length = Math.max(CELL, stepOf(resolution))
  const first = Math.floor(Date.parse(from) / length) * length
  const cells = new Map<number, { offline: Point[]; failures: Point[] }>()
  const placed = (points: readonly Point[], kind: 'offline' | 'failures') => {
    for (const point of points) {
      const at = first + Math.floor((Date.parse(point.time) - first) / length) * length
      const known = cells.get(at) ?? { offline: [], failures: [] }
      known[kind].push(point)
      cells.set(at, known)
    }
  }
  placed(offline, 'offline')
  placed(failures, 'failures')
  return [...cells].sort(([one], [other]) => one - other).map(([at, of]) => cell(at, length, of.offline, of.failures))
}

/** As they are told of, one after the other. */
const STATES: readonly CellState[] = ['up', 'down', 'failed', 'unknown']

/** The cells in one sentence, by how much of the time they are. */
export function healthWords(cells: readonly HealthCell[]): string {
  const share = (state: CellState) => Math.round((100 * cells.filter((one) => one.state === state).length) / cells.length)
  return STATES.filter((state) => cells.some((one) => one.state === state))
    .map((state) => texts.health[state]({ share: share(state) }))
    .join(', ')
}
