import type { Place, Places } from './places'

const KEY = 'topology-places'
/** As many as the API gives of all kinds together. */
const MOST_NODES = 3000
/** Accounts and layouts: the one that was not looked at for the longest goes first. */
const MOST_DRAWINGS = 6

/** By user, tenant, account and layout, the newest last. */
type Kept = Record<string, Record<string, readonly [number, number]>>

function read(): Kept {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return kept !== null && typeof kept === 'object' && !Array.isArray(kept) ? (kept as Kept) : {}
  } catch {
    return {}
  }
}

const isPair = (value: unknown): value is [number, number] => Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1])

/** Where nodes stood when the drawing was last looked at on this device. */
export function keptPlaces(drawing: string): Map<string, Place> {
  return new Map(Object.entries(read()[drawing] ?? {}).flatMap(([id, pair]) => (isPair(pair) ? [[id, { x: pair[0], y: pair[1] }] as const] : [])))
}

export function keepPlaces(drawing: string, places: Places): void {
  const { [drawing]: _, ...others } = read()
  const pairs = [...places].slice(0, MOST_NODES).map(([id, { x, y }]) => [id, [Math.round(x), Math.round(y)]] as const)
  const kept = Object.entries({ ...others, [drawing]: Object.fromEntries(pairs) }).slice(-MOST_DRAWINGS)
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)))
  } catch {
    // The device has no room left: the drawing is laid out again next time.
  }
}
