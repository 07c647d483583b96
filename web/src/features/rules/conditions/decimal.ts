/** As the API has it, either way. */
const MOST = 1e24

/** A number, with a comma or a point; undefined if the text is none. */
export function decimal(text: string): number | undefined {
  const plain = text.trim().replace(',', '.')
  if (!/^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined
  const value = Number(plain)
  return Math.abs(value) <= MOST ? value : undefined
}
