import { useState, type ChangeEvent } from 'react'
import { useUser } from '@/api/client'
import type { Proof } from './proof'
import { texts } from './texts/membership'
import { PasswordField, TextField } from './ui/Field'

interface FieldText {
  name: string
  value: string
  error: string | undefined
  onChange: (event: ChangeEvent<HTMLInputElement>) => void
}

interface CodeFieldProps {
  text: (key: 'code') => FieldText
}

/** The second factor's code, for those who have one, or of whom the API asks it. */
export function CodeField({ text }: CodeFieldProps) {
  const { secondFactor, signInMethod } = useUser()
  const field = text('code')
  // It may have been set up elsewhere since; what was asked for once stays on screen.
  const [asked, setAsked] = useState(secondFactor.enabled && signInMethod === 'password')
  if (field.error && !asked) setAsked(true)
  if (!asked) return null
  return (
    <TextField
      label={texts.proofFields.code}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      hint={texts.proofFields.codeHint}
      required
      {...field}
    />
  )
}

interface ProofFieldsProps {
  text: (key: keyof Proof) => FieldText
}

/** Password and code, before what somebody at an open screen must not do. */
export function ProofFields({ text }: ProofFieldsProps) {
  return (
    <>
      <PasswordField label={texts.proofFields.password} autoComplete="current-password" required {...text('password')} />
      <CodeField text={text} />
    </>
  )
}
