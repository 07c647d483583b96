import { CHANNELS } from '@/components/channels'
import { texts } from './texts'

/** A field of what was changed, before and after; undefined where there was none. */
export interface Changed {
  field: string
  before: string | undefined
  after: string | undefined
  isChanged: boolean
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as people read it. Always a text: whatever is in it is shown, not understood. */
function said(value: unknown): string {
  if (value === null || value === '') return texts.changes.none
  if (typeof value === 'boolean') return value ? texts.changes.yes : texts.changes.no
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? texts.changes.none : value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ')
  return JSON.stringify(value)
}

/** The fields of a value by their names, those of what is in it as `webhook.url`. */
function fieldsOf(value: unknown, within = ''): Map<string, unknown> {
  if (value === undefined || value === null) return new Map()
  if (!isObject(value)) return new Map([[within || 'value', value]])
  return new Map(
    Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
      const path = within === '' ? name : `${within}.${name}`
      return isObject(inner) && Object.keys(inner).length > 0 ? [...fieldsOf(inner, path)] : [[path, inner]]
    }),
  )
}

/** Old and new values side by side. What is only on one side counts as changed where there are both sides. */
export function changesOf(old: unknown, now: unknown): Changed[] {
  const [before, after] = [fieldsOf(old), fieldsOf(now)]
  const areTwo = before.size > 0 && after.size > 0
  return [...new Set([...before.keys(), ...after.keys()])].map((field) => {
    const [was, is] = [before, after].map((side) => (side.has(field) ? said(side.get(field)) : undefined))
    return { field, before: was, after: is, isChanged: areTwo && was !== is }
  })
}

/** Fields that are called otherwise than what they stand for. */
const NAMES: Readonly<Record<string, string>> = { teams: CHANNELS.teams.title }

/** "keepFiringMinutes" as people write it: "Keep firing minutes". */
export function fieldTitle(field: string): string {
  const name = NAMES[field]
  if (name !== undefined) return name
  const words = field
    .replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
    .replaceAll('_', ' ')
    .replaceAll('.', ': ')
    .replace(/\b(api|ip|sso|url)\b/gi, (word) => word.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}
