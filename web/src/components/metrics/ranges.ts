import type { MetricsQuery } from '@/api/types'

export type Resolution = NonNullable<MetricsQuery['resolution']>

interface Range {
  /** In an address; the first one is not named there. */
  value: '24h' | '7d' | '30d' | '90d' | '2y'
  label: string
  hours: number
  /** That the API has points of, no more of them than it gives. */
  resolutions: readonly Exclude<Resolution, 'auto'>[]
}

export const RANGES: readonly [Range, ...Range[]] = [
  { value: '24h', label: '24 h', hours: 24, resolutions: ['1m', '1h'] },
  { value: '7d', label: '7 d', hours: 7 * 24, resolutions: ['1h', '1d'] },
  { value: '30d', label: '30 d', hours: 30 * 24, resolutions: ['1h', '1d'] },
  { value: '90d', label: '90 d', hours: 90 * 24, resolutions: ['1d'] },
  // A day less than is kept: this clock may be late.
  { value: '2y', label: '2 years', hours: 729 * 24, resolutions: ['1d'] },
]

export const rangeOf = (value: string | undefined): Range => RANGES.find((range) => range.value === value) ?? RANGES[0]

/** What a range may be asked for in; what is kept by the hour has no minutes. */
export const resolutionsOf = ({ resolutions }: Range, isHourly = false): Range['resolutions'] => resolutions.filter((one) => !(isHourly && one === '1m'))

/** The resolution that is asked for, if the range has it. */
export const resolutionIn = (range: Range, wanted: string | undefined, isHourly = false): Resolution => resolutionsOf(range, isHourly).find((one) => one === wanted) ?? 'auto'
