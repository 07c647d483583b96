import { readChanges } from '@/lib/tried'
import type { AccessChange } from '@/api/types'

/** Changes that are too long for an address wait in the tab, of one user in one tenant. */
interface Kept {
  key: string
  scope: string
  changes: unknown
}

const NAME = 'tried-changes'
/** As many steps back are still there. */
const MOST = 20

/** Of a browser that keeps nothing for pages. */
let here: Kept[] = []

function load(): Kept[] {
  try {
    const list: unknown = JSON.parse(window.sessionStorage.getItem(NAME) ?? '[]')
    return Array.isArray(list) ? (list as Kept[]) : []
  } catch {
    return here
  }
}

/** Under which key they are found again. */
export function keep(scope: string, changes: readonly AccessChange[]): string {
  const key = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(36).padStart(2, '0')).join('')
  // What another user of this tab left goes with the first of the next.
  const list = [...load().filter((one) => one.scope === scope), { key, scope, changes }].slice(-MOST)
  here = list
  try {
    window.sessionStorage.setItem(NAME, JSON.stringify(list))
  } catch {
    // It is kept as long as the page.
  }
  return key
}

/** Undefined if this tab has none under that key. */
export function keptUnder(scope: string, key: string): AccessChange[] | undefined {
  const found = load().find((one) => one.key === key && one.scope === scope)
  return found && readChanges(found.changes)
}
