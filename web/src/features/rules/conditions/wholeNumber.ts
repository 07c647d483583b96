/** A whole number within bounds, or undefined. */
export function wholeNumber(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const trimmed = text.trim()
  if (!/^\d+$/.test(trimmed)) return undefined
  const value = Number(trimmed)
  return value >= least && value <= most ? value : undefined
}
