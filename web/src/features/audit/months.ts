/** A month by UTC, as addresses have it: `2026-11`. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 7)

/** So many months later. */
export function monthsLater(month: string, by: number): string {
  const first = new Date(`${month}-01T00:00:00Z`)
  first.setUTCMonth(first.getUTCMonth() + by)
  return monthOf(first)
}

const words = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'long', timeZone: 'UTC' })

/** "November 2026" */
export const monthTitle = (month: string): string => words.format(new Date(`${month}-01T00:00:00Z`))
