const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** "1.2 MB", as file managers count. */
export function fileSize(bytes: number, locale?: string): string {
  const power = Math.min(UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(locale, { style: 'unit', unit: UNITS[power], unitDisplay: power === 0 ? 'long' : 'short', maximumSignificantDigits: power === 0 ? 3 : 2, ...(bytes / 1000 ** power >= 10 && { maximumSignificantDigits: 3 }) }).format(bytes / 1000 ** power)
}
