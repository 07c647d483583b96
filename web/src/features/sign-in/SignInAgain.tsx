import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { session, useSession } from '@/api/client'
import { hasSlug } from '@/api/problem'
import { announce } from '@/components/announcements'
import { missingPassword } from '@/components/proof'
import { Button, buttonClass } from '@/components/ui/Button'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { PasswordField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { SignInFailure } from './SignInFailure'
import { texts } from './texts'

/**
 * Over the page of a session that has ended, which stays as it was: what was typed is still there, and what was sent
 * goes out, once the same person is signed in again.
 */
export default function SignInAgain() {
  const state = useSession()
  const [asksCode, setAsksCode] = useState(false)
  const user = state.status === 'ended' ? state.user : undefined
  const signIn = useMutation({
    mutationFn: session.signIn,
    onError: (error) => {
      if (hasSlug(error, 'second-factor-required')) setAsksCode(true)
    },
  })
  const { form, text } = useForm({
    initial: { password: '', code: '' },
    validate: ({ password, code }) => ({ ...missingPassword(password), ...(asksCode && code.trim() === '' && { '/code': texts.signInAgain.enterCode }) }),
    mutation: signIn,
    request: ({ password, code }) => ({
      email: user?.email ?? '',
      password,
      rememberMe: false,
      ...(user && { tenantId: user.tenantId }),
      ...(asksCode && { code: code.trim() }),
    }),
    onSuccess: () => announce(texts.signInAgain.signedInAgain),
  })
  if (state.status !== 'ended' || !user) return null
  const byProvider = user.signInMethod === 'sso'
  return (
    <Dialog
      open
      modalOnly
      closable={false}
      // Whoever signed out in another tab does not want others to read what is open in this one.
      opaque={state.by === 'another tab'}
      title={texts.signInAgain.title}
      description={state.by === 'time' ? texts.signInAgain.ended({ name: user.name }) : texts.signInAgain.signedOut({ name: user.name })}
      onOpenChange={() => undefined}
    >
      {byProvider ? (
        <DialogActions>
          <Button onClick={session.leave}>{texts.signInAgain.leavePage}</Button>
          <a href="/sso" target="_blank" rel="noopener" className={buttonClass('primary')}>
            {texts.signInAgain.signInWithSso}
          </a>
        </DialogActions>
      ) : (
        <form {...form} className="flex flex-col gap-2">
          <input type="email" name="email" autoComplete="username" value={user.email} readOnly hidden />
          <PasswordField label={texts.signInAgain.password({ email: user.email })} autoComplete="current-password" required {...text('password')} />
          {asksCode && <TextField label={texts.signInAgain.code} autoComplete="one-time-code" inputMode="numeric" hint={texts.signInAgain.codeHint} required {...text('code')} />}
          <SignInFailure error={signIn.error} hasCode={asksCode} />
          <DialogActions>
            <Button onClick={session.leave}>{texts.signInAgain.leavePage}</Button>
            <Button type="submit" variant="primary" busy={signIn.isPending}>
              {texts.signInAgain.signIn}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  )
}
