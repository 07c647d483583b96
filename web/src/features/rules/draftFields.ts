import type { FieldErrors } from '@/components/formErrors'
import type { RuleDraft } from './ruleDraft'

/** What each part of the form is given. */
export interface DraftFields {
  draft: RuleDraft
  errors: FieldErrors
  change: (part: Partial<RuleDraft>) => void
}

/** The error of a field, or of anything inside it. */
export function errorAt(errors: FieldErrors, pointer: string): string | undefined {
  return errors[pointer] ?? Object.entries(errors).find(([key]) => key.startsWith(`${pointer}/`))?.[1]
}
