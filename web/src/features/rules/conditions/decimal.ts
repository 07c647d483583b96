/** As the API has it, either way. */
const MOST = 1e24

/** A number, with a comma or a point; undefined if the text is none. */
export function decimal(text: string): number | undefined {
  const plain = text.trim().replace(',', '.')
  if (!/^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
  const value = Number(plain)
  return Math.abs(value) <= MOST ? value : undefined
}

/** As the API rounds it where it says a rule in words. */
export function figure(value: number): string {
  const size = Math.abs(value)
  return size === 0 || (size >= 0.001 && size < 1e15) ? String(Math.round(value * 1000) / 1000) : value.toExponential(3).replace('+', '')
}
