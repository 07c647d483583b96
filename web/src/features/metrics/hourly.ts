import type { DashboardMetrics } from '@/api/types'
import type { ChartLine } from '@/components/chart/Chart'
import { valueWords } from '@/components/metrics/series'
import { named } from '@/lib/named'
import type { Told } from './rows'
import { texts } from './texts'

export type Hourly = DashboardMetrics['hourly'][number]

type Look = Pick<ChartLine, 'title' | 'tone' | 'pen'>

const LOOKS: Readonly<Record<Hourly['name'], Look>> = {
  peer_departures: { title: texts.hourly.peer_departures, tone: 'bad' },
  peer_flaps: { title: texts.hourly.peer_flaps, tone: 'warn', pen: 'dashed' },
  alerts_open: { title: texts.hourly.alerts_open, tone: 'bad' },
  alerts_triggered: { title: texts.hourly.alerts_triggered, tone: 'info', pen: 'dashed' },
}

/** What is asked for. */
export const HOURLY = Object.keys(LOOKS).join(',')

const lookOf = (name: string): Look => named<Look>(LOOKS, name, (title) => ({ title, tone: 'accent' }))

export const lineOf = ({ name, points }: Hourly): ChartLine => ({ ...lookOf(name), id: name, values: points.map(({ value }) => value ?? null) })

export const columnOf = ({ name, unit, points }: Hourly): Told => ({ id: name, title: lookOf(name).title, say: (value) => valueWords(unit, value), points })
