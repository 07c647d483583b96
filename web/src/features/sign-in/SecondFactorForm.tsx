import type { UseMutationResult } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { texts } from './texts'

interface SecondFactorFormProps {
  /** Sends a code. */
  signIn: Pick<UseMutationResult<unknown, Error, string>, 'mutate' | 'error' | 'isPending' | 'reset'>
  /** What the server said of the last code. */
  error: string | undefined
  onBack: () => void
}

/** The second step of signing in, for those who set up an authenticator app. */
export function SecondFactorForm({ signIn, error, onBack }: SecondFactorFormProps) {
  const [recovery, setRecovery] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const { change, form, text, busy } = useForm({
    initial: { code: '' },
    validate: ({ code }) => ({ ...(code.trim() === '' && { '/code': texts.secondFactorForm.enterCode }) }),
    mutation: signIn,
    request: ({ code }) => code.trim(),
  })
  const field = text('code')
  const write = (code: string) => {
    change({ code })
    signIn.reset()
  }

  // The step replaces the one before; the focus goes where typing goes on.
  useEffect(() => {
    element.current?.querySelector('input')?.focus()
  }, [recovery])

  return (
    <form ref={element} {...form} className="flex flex-col gap-2">
      <TextField
        label={recovery ? texts.secondFactorForm.recoveryCode : texts.secondFactorForm.code}
        autoComplete="one-time-code"
        inputMode={recovery ? 'text' : 'numeric'}
        spellCheck={false}
        autoCapitalize="none"
        required
        hint={recovery ? texts.secondFactorForm.oneCodesStoredWorks : texts.secondFactorForm.sixDigitsAuthenticatorApp}
        {...field}
        error={field.error ?? error}
        onChange={(event) => write(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={busy} className="h-9 w-full">
        {texts.secondFactorForm.signIn}
      </Button>
      <div className="flex justify-between gap-2">
        <Button variant="quiet" onClick={onBack}>
          {texts.secondFactorForm.back}
        </Button>
        <Button
          variant="quiet"
          onClick={() => {
            setRecovery(!recovery)
            write('')
          }}
        >
          {recovery ? texts.secondFactorForm.useAppsCode : texts.secondFactorForm.useRecoveryCode}
        </Button>
      </div>
    </form>
  )
}
