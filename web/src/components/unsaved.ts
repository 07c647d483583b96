/** Whether a draft holds something that was typed and is kept nowhere else. What was only emptied is no loss. */
export function holdsChanges(draft: object, kept: object): boolean {
  const before = kept as Record<string, unknown>
  return Object.entries(draft).some(([key, value]) => !isNothing(value) && JSON.stringify(value) !== JSON.stringify(before[key]))
}

const isNothing = (value: unknown): boolean => value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/** For a `form` element: marks it while leaving would lose what was typed. */
export const unsaved = (is: boolean) => ({ 'data-unsaved': is || undefined })

/** Whether a form within has changes that leaving it would lose. */
export const hasUnsaved = (within: ParentNode = document): boolean => within.querySelector('form[data-unsaved]') !== null
