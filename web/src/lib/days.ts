const date = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' })
const utcDate = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC', timeZoneName: 'short' })
const utcDayOfYear = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' })
const utcMonth = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', timeZone: 'UTC' })

/** Days of the reader's zone: "30 Oct – 28 Nov 2026" */
export const days = (first: Date, last: Date): string => date.formatRange(first, last)

/** Days of everybody's, whatever days they are for the reader: "1 – 7 Nov 2026, UTC" */
export const utcDays = (first: Date, last: Date): string => utcDate.formatRange(first, last)

/** One of them where there is little room: "28 Nov"; where years matter more, "Nov 2026". */
export const utcLabel = (day: Date, ofYears: boolean): string => (ofYears ? utcMonth : utcDayOfYear).format(day)
