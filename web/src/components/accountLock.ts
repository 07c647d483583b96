import { useUser } from '@/api/client'

interface Lock {
  title: string
  why: string
}

/** Why the signed-in person's own account cannot be changed in this session; null where it can. */
export function useAccountLock(): Lock | null {
  const { signInMethod, hasPassword } = useUser()
  if (!hasPassword) return { title: 'Your identity provider manages this', why: 'Your identity provider keeps your name, address and password. Change them there.' }
  if (signInMethod === 'password') return null
  return { title: 'Sign in with your password to do this', why: 'You signed in by single sign-on, which opens this tenant and not your account. Sign in with your password to change your account.' }
}
