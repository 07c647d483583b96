import type { Event } from '@/api/types'
import { targetName } from '@/components/EventSentence'
import type { Option } from '@/components/list/definition'
import { texts } from './texts'

/** Something that events have in common, by its id or code: how it is called, and how many have it. */
export type Facet = ReadonlyMap<string, { label: string; count: number }>

export interface EventFacets {
  activities: Facet
  initiators: Facet
  targets: Facet
}

function facet(events: readonly Event[], of: (event: Event) => { value: string; label: string | undefined }): Facet {
  const found = new Map<string, { label: string; count: number }>()
  for (const event of events) {
    const { value, label } = of(event)
    if (value === '') continue
    const known = found.get(value)
    // Events come newest first: what has been renamed since is called as it is now.
    if (known) known.count += 1
    else if (label) found.set(value, { label, count: 1 })
  }
  return found
}

/** What these events can be narrowed to. An id that no event names says nothing to anybody and is left out. */
export const facetsOf = (events: readonly Event[]): EventFacets => ({
  activities: facet(events, ({ activityCode, activity }) => ({ value: activityCode, label: activity || activityCode })),
  initiators: facet(events, ({ initiatorId, initiatorName, initiatorEmail }) => ({ value: initiatorId, label: initiatorName || initiatorEmail })),
  targets: facet(events, (event) => ({ value: event.targetId, label: targetName(event) })),
})

/** With the code: several codes have the same words. What is no code that is known here is how some begin, or is typed. */
export function activityWords(value: string, activities: Facet): string {
  const known = activities.get(value)
  if (known) return texts.activityOf({ label: known.label, code: value })
  return [...activities.keys()].some((code) => code.startsWith(`${value}.`)) ? texts.anyUnder({ code: value }) : value
}

const beginningOf = (code: string): string => code.split('.')[0] ?? code

/** Each beginning that several codes share, followed by the codes. */
export function activityOptions(activities: Facet, isWhole: boolean): readonly Option[] {
  const codes = [...activities.keys()].sort((one, other) => one.localeCompare(other))
  const count = (values: readonly string[]) => (isWhole ? values.reduce((sum, value) => sum + (activities.get(value)?.count ?? 0), 0) : undefined)
  const option = (value: string, counted: readonly string[]): Option => ({ value, label: activityWords(value, activities), count: count(counted) })
  return [...new Set(codes.map(beginningOf))].flatMap((beginning) => {
    const under = codes.filter((code) => beginningOf(code) === beginning)
    const each = under.map((code) => option(code, [code]))
    return under.length > 1 && !activities.has(beginning) ? [option(beginning, under), ...each] : each
  })
}

/** By name, those that several things have once for each. */
export const namedOptions = (facet: Facet, isWhole: boolean): readonly Option[] =>
  [...facet].map(([value, { label, count }]) => ({ value, label, count: isWhole ? count : undefined })).sort((one, other) => one.label.localeCompare(other.label))
