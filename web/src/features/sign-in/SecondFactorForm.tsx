import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/Button'
import { TextField } from '@/components/ui/Field'
import { texts } from './texts'

interface SecondFactorFormProps {
  /** What the server said of the last code. */
  error: string | undefined
  busy: boolean
  onSubmit: (code: string) => void
  onBack: () => void
}

/** The second step of signing in, for those who set up an authenticator app. */
export function SecondFactorForm({ error, busy, onSubmit, onBack }: SecondFactorFormProps) {
  const [code, setCode] = useState('')
  const [recovery, setRecovery] = useState(false)
  const [missing, setMissing] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  // The step replaces the one before; the focus goes where typing goes on.
  useEffect(() => {
    form.current?.querySelector('input')?.focus()
  }, [recovery])

  return (
    <form
      ref={form}
      noValidate
      data-steady
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (busy) return
        setMissing(code.trim() === '')
        if (code.trim() === '') form.current?.querySelector('input')?.focus()
        else onSubmit(code.trim())
      }}
    >
      <TextField
        label={recovery ? texts.secondFactorForm.recoveryCode : texts.secondFactorForm.code}
        name="code"
        autoComplete="one-time-code"
        inputMode={recovery ? 'text' : 'numeric'}
        spellCheck={false}
        autoCapitalize="none"
        required
        hint={recovery ? texts.secondFactorForm.oneCodesStoredWorks : texts.secondFactorForm.sixDigitsAuthenticatorApp}
        value={code}
        error={missing ? texts.secondFactorForm.enterCode : error}
        onChange={(event) => {
          setCode(event.target.value)
          setMissing(false)
        }}
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
            setCode('')
            setMissing(false)
          }}
        >
          {recovery ? texts.secondFactorForm.useAppsCode : texts.secondFactorForm.useRecoveryCode}
        </Button>
      </div>
    </form>
  )
}
