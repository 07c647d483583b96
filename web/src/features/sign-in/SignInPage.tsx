import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { session } from '@/api/client'
import { ApiProblem, hasSlug } from '@/api/problem'
import { Entrance } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import { focusFirstInvalid, type FieldErrors } from '@/components/formErrors'
import { Button } from '@/components/ui/Button'
import { Checkbox, PasswordField, TextField } from '@/components/ui/Field'
import { oneUnit } from '@/lib/time'

function SignInFailure({ error }: { error: Error }) {
  if (hasSlug(error, 'rate-limited')) {
    const wait = error.retryAfter
    return (
      <FormFailure title="Too many attempts">
        Wait {wait === undefined ? 'a little' : oneUnit(wait * 1000)}, then try again.
      </FormFailure>
    )
  }
  if (error instanceof ApiProblem && error.status === 401) {
    return <FormFailure title="Email or password is wrong">Check both and try again.</FormFailure>
  }
  return (
    <FormFailure title="Could not sign in" error={error}>
      {error.message}
    </FormFailure>
  )
}

function validate(email: string, password: string): FieldErrors {
  return {
    ...(!/^\S+@\S+$/.test(email.trim()) && { '/email': 'Enter your email address.' }),
    ...(password === '' && { '/password': 'Enter your password.' }),
  }
}

/** Where a session begins. The router goes on to the page that was asked for. */
export function SignInPage() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [rememberMe, setRememberMe] = useState(false)
  const [errors, setErrors] = useState<FieldErrors>({})
  const signIn = useMutation({ mutationFn: session.signIn })

  const onSubmit = (event: React.SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (signIn.isPending) return
    const found = validate(email, password)
    setErrors(found)
    if (Object.keys(found).length > 0) {
      signIn.reset()
      focusFirstInvalid(event.currentTarget)
    } else {
      signIn.mutate({ email: email.trim(), password, rememberMe })
    }
  }

  return (
    <Entrance title="Sign in">
      <form noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        {signIn.error && <SignInFailure error={signIn.error} />}
        <TextField
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          error={errors['/email']}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          error={errors['/password']}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Checkbox label="Remember me on this device" checked={rememberMe} onChange={setRememberMe} />
        <Button type="submit" variant="primary" busy={signIn.isPending} className="h-9 w-full">
          Sign in
        </Button>
      </form>
    </Entrance>
  )
}
