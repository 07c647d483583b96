import clsx from 'clsx'
import { CircleAlert, Eye, EyeOff } from 'lucide-react'
import { useId, useState, type ComponentProps, type ReactNode } from 'react'
import { texts } from './texts'

const CONTROL =
  'w-full rounded-md border border-line-strong bg-surface-1 px-3 text-14 text-text-1 transition-colors hover:border-text-3 disabled:opacity-60 aria-invalid:border-bad-text'

interface Wiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  className?: string | undefined
  children: (wiring: Wiring) => ReactNode
}

/** A labelled control with its hint and error, wired for screen readers. */
export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-13 font-medium">
        {label}
        {optional && <span className="font-normal text-text-3"> {texts.field.optional}</span>}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {/* An error takes the hint's place, and in steady forms a line is kept free for it. */}
      <div className="grid in-data-steady:min-h-4 *:col-start-1 *:row-start-1">
        {error && <FieldMessage id={`${id}-error`}>{error}</FieldMessage>}
        {hint && (
          <p id={`${id}-hint`} className={clsx('text-12 text-text-3', error && 'invisible')}>
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

/** The API's words begin in the middle of a sentence; what somebody typed, in quotes or not, stays as they typed it. */
const sentence = (words: string): string => (/^[a-z]+ /.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : words)

export function FieldMessage({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1 text-12 text-bad-text">
      <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
      <span className="block">{typeof children === 'string' ? sentence(children) : children}</span>
    </p>
  )
}

type Common = Omit<FieldProps, 'children'>

export function TextField({ label, hint, error, optional, className, ...input }: Common & Omit<ComponentProps<'input'>, 'id' | 'className'>) {
  return (
    <Field {...{ label, hint, error, className }} optional={optional ?? false}>
      {(wiring) => <input type="text" {...input} {...wiring} className={clsx(CONTROL, 'h-9 touch:h-11')} />}
    </Field>
  )
}

export function PasswordField({ label, hint, error, optional, className, ...input }: Common & Omit<ComponentProps<'input'>, 'id' | 'className' | 'type'>) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <Field {...{ label, hint, error, className }} optional={optional ?? false}>
      {(wiring) => (
        <div className="relative">
          <input {...input} {...wiring} type={shown ? 'text' : 'password'} className={clsx(CONTROL, 'h-9 pr-11 touch:h-11')} />
          <button
            type="button"
            aria-label={(shown ? texts.passwordField.hideThis : texts.passwordField.showThis)({ label: label.toLowerCase() })}
            className="absolute inset-y-0 right-0 flex w-10 items-center justify-center rounded-md text-text-3 hover:text-text-1"
            onClick={() => setShown(!shown)}
          >
            <Icon aria-hidden className="size-4" />
          </button>
        </div>
      )}
    </Field>
  )
}

export function TextAreaField({ label, hint, error, optional, className, ...input }: Common & Omit<ComponentProps<'textarea'>, 'id' | 'className'>) {
  return (
    <Field {...{ label, hint, error, className }} optional={optional ?? false}>
      {(wiring) => <textarea rows={3} {...input} {...wiring} className={clsx(CONTROL, 'py-2')} />}
    </Field>
  )
}

export function SelectField({ label, hint, error, optional, className, children, ...input }: Common & Omit<ComponentProps<'select'>, 'id' | 'className'>) {
  return (
    <Field {...{ label, hint, error, className }} optional={optional ?? false}>
      {(wiring) => (
        <select {...input} {...wiring} className={clsx(CONTROL, 'h-9 touch:h-11')}>
          {children}
        </select>
      )}
    </Field>
  )
}

interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'className' | 'onChange'> {
  label: ReactNode
  hint?: ReactNode
  onChange: (checked: boolean) => void
}

export function Checkbox({ label, hint, onChange, ...input }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="flex min-h-6 cursor-pointer items-center gap-2 text-13 touch:min-h-11">
        <input
          {...input}
          id={id}
          type="checkbox"
          aria-describedby={hint ? `${id}-hint` : input['aria-describedby']}
          className="size-4 shrink-0 accent-accent"
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="pl-6 text-12 text-text-3">
          {hint}
        </p>
      )}
    </div>
  )
}
