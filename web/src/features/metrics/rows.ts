/** A point of all that is shown: a row of its table. */
export interface MetricsRow {
  time: string
  values: Readonly<Record<string, number | null>>
}

/** One column: what it is called, and what it says at each time. */
export interface Told {
  id: string
  title: string
  say: (value: number) => string
  points: readonly { time: string; value?: number | null }[]
}

/** Newest first. */
export function rowsOf(all: readonly Pick<Told, 'id' | 'points'>[]): MetricsRow[] {
  const times = all[0]?.points.map(({ time }) => time) ?? []
  return times.map((time, index) => ({ time, values: Object.fromEntries(all.map(({ id, points }) => [id, points[index]?.value ?? null])) })).reverse()
}
