import { ApiProblem } from '@/api/problem'

/** What is wrong with a form, by JSON pointer into the request that it sends. */
export type FieldErrors = Readonly<Record<string, string>>

/** What is wrong with a field, or with a part of it. */
export const within = (errors: FieldErrors, pointer: string): string | undefined => Object.entries(errors).find(([key]) => key === pointer || key.startsWith(`${pointer}/`))?.[1]

/** The API's own words about single fields. */
export function fieldErrorsOf(error: unknown): FieldErrors {
  if (!(error instanceof ApiProblem)) return {}
  return Object.fromEntries(error.fields.map(({ pointer, detail }) => [pointer, detail]))
}

/** Moves the focus to the first field with an error, once it is on screen. */
export function focusFirstInvalid(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}
