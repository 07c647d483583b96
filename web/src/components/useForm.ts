import type { UseMutationResult } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrorsOf, focusFirstInvalid, type FieldErrors } from './formErrors'
import { holdsChanges, unsaved } from './unsaved'

interface FormOptions<Draft, Request, Result> {
  initial: Draft
  /** What can be told without asking the server, by JSON pointer. */
  validate?: (draft: Draft) => FieldErrors
  mutation: Pick<UseMutationResult<Result, Error, Request>, 'mutate' | 'error' | 'isPending' | 'reset'>
  /** Another request with the same fields, as one that only tries them: what is wrong with them is said alike. */
  besides?: { error: Error | null | undefined }
  request: (draft: Draft) => Request
  onSuccess?: (result: Result, draft: Draft) => void
  /** Whether what was typed is kept elsewhere by now, if not by every answer. */
  isKept?: (result: Result) => boolean
  /** Where a field is in the request, if not under its own name. */
  pointers?: { [Key in keyof Draft]?: string }
}

type TextKey<Draft> = { [Key in keyof Draft]: Draft[Key] extends string ? Key : never }[keyof Draft] & string

const isPart = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Which fields of the request a change is of: of a part that has fields of its own, those that differ or are gone. */
function touchedBy(pointer: string, before: unknown, after: unknown): string[] {
  if (!isPart(before) || !isPart(after)) return [pointer]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => after[key] !== before[key])
    .map((key) => `${pointer}/${key}`)
}

/**
 * A form's draft, its errors and its sending. Errors of the app and of the API stand at their
 * fields alike; one goes away when its field is changed.
 */
export function useForm<Draft extends object, Request, Result>({ initial, validate, mutation, besides, request, onSuccess, isKept, pointers }: FormOptions<Draft, Request, Result>) {
  const [draft, setDraft] = useState(initial)
  const [kept, setKept] = useState<object>(initial)
  const [local, setLocal] = useState<FieldErrors>({})
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set())
  const answered = fieldErrorsOf(mutation.error ?? besides?.error)
  const refused = Object.entries(answered).filter(([pointer]) => !changed.has(pointer))
  const errors: FieldErrors = { ...Object.fromEntries(refused), ...local }

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }))
    const touched = (Object.keys(part) as (keyof Draft & string)[]).flatMap((key) => touchedBy(pointers?.[key] ?? `/${key}`, draft[key], part[key]))
    const concerns = (pointer: string) => touched.some((field) => pointer === field || pointer.startsWith(`${field}/`))
    setLocal((before) => Object.fromEntries(Object.entries(before).filter(([pointer]) => !concerns(pointer))))
    setChanged((before) => new Set([...before, ...touched, ...Object.keys(answered).filter(concerns)]))
  }

  /** Says at the fields what is wrong with them; whether nothing is. */
  const check = (found: FieldErrors, form: HTMLFormElement): boolean => {
    setLocal(found)
    setChanged(new Set())
    if (Object.keys(found).length === 0) return true
    mutation.reset()
    focusFirstInvalid(form)
    return false
  }

  const onSubmit = (event: React.SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (mutation.isPending) return
    const form = event.currentTarget
    if (!check(validate?.(draft) ?? {}, form)) return
    mutation.mutate(request(draft), {
      onSuccess: (result) => {
        if (isKept?.(result) ?? true) setKept(draft)
        onSuccess?.(result, draft)
      },
      onError: () => focusFirstInvalid(form),
    })
  }

  return {
    draft,
    change,
    check,
    errors,
    busy: mutation.isPending,
    failure: mutation.error,
    /** For the `form` element. */
    form: { noValidate: true, onSubmit, 'data-steady': true, ...unsaved(!mutation.isPending && holdsChanges(draft, kept)) },
    /** For a text field of the draft. */
    text: (key: TextKey<Draft>) => ({
      name: key,
      value: draft[key] as string,
      error: errors[`/${key}`],
      onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [key]: event.target.value } as unknown as Partial<Draft>),
    }),
  }
}
