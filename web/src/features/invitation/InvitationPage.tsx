import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { limits } from '@/api/__generated__/limits'
import { session, useSession } from '@/api/client'
import { ApiProblem, hasSlug } from '@/api/problem'
import type { AcceptInvitation, Invitation } from '@/api/types'
import { announce } from '@/components/announcements'
import { Entrance, ENTRANCE_BUTTON, ENTRANCE_LINK, EntranceMessage } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import { LinkExpired } from '@/components/LinkExpired'
import { OpeningLink } from '@/components/OpeningLink'
import { passwordHint, passwordProblem } from '@/components/passwords'
import { RequestFailure } from '@/components/RequestFailure'
import { roleWord } from '@/components/roles'
import { Button, buttonClass } from '@/components/ui/Button'
import { PasswordField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useLinkToken } from '@/lib/arrival'
import { invitationQuery, useAcceptInvitation } from '@/queries/entrance'

const TITLE = 'Accept the invitation'

/** Signs the new member in with what was just typed; a second factor's code is used up by then. */
function useEntry() {
  const navigate = useNavigate()
  const state = useSession()
  const [elsewhere, setElsewhere] = useState(false)
  const enter = async (tenantId: string, tenantName: string, email: string, password: string) => {
    try {
      if (state.status === 'signed-in' && state.user.email.toLowerCase() === email.toLowerCase()) await session.switchTenant(tenantId)
      else await session.signIn({ email, password, rememberMe: false, tenantId })
      announce(`You are a member of ${tenantName} now.`)
      await navigate({ to: '/' })
    } catch {
      setElsewhere(true)
    }
  }
  return { enter, elsewhere }
}

function AcceptFailure({ error }: { error: Error | null }) {
  if (error instanceof ApiProblem && error.status === 401) {
    return error.slug === 'second-factor-required' ? null : <FormFailure title="Not accepted">{error.message}</FormFailure>
  }
  return <RequestFailure error={error} title="Could not accept the invitation" fields={['/name', '/password', '/code']} />
}

function Accept({ token, invitation }: { token: string; invitation: Invitation }) {
  const { tenantName, email, role, invitedBy, hasAccount } = invitation
  const { enter, elsewhere } = useEntry()
  const [needsCode, setNeedsCode] = useState(false)
  const accept = useAcceptInvitation(() => setNeedsCode(true))
  const { form, text } = useForm({
    initial: { name: '', password: '', code: '' },
    validate: ({ name, password, code }) => {
      const weak = hasAccount ? (password === '' ? 'Enter your password.' : undefined) : passwordProblem(password)
      return {
        ...(!hasAccount && name.trim() === '' && { '/name': 'Enter your name.' }),
        ...(weak && { '/password': weak }),
        ...(needsCode && code.trim() === '' && { '/code': 'Enter the code.' }),
      }
    },
    mutation: accept,
    request: ({ name, password, code }): AcceptInvitation => ({
      token,
      password,
      ...(!hasAccount && { name: name.trim() }),
      ...(needsCode && { code: code.trim() }),
    }),
    onSuccess: (joined, { password }) => void enter(joined.tenantId, joined.tenantName, joined.email, password),
  })

  if (elsewhere) {
    return (
      <Entrance title={`Welcome to ${tenantName}`}>
        <EntranceMessage>
          <CircleCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>You are a member now. Sign in to go on.</p>
          <Link to="/sign-in" className={buttonClass('primary')}>
            Sign in
          </Link>
        </EntranceMessage>
      </Entrance>
    )
  }
  return (
    <Entrance
      title={`Join ${tenantName}`}
      note={
        <>
          {invitedBy} invites <strong className="font-semibold break-words">{email}</strong> as {roleWord(role)}.
        </>
      }
    >
      <form {...form} className="flex flex-col gap-2">
        {/* Tells password managers whose password it is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        {!hasAccount && <TextField label="Your name" autoComplete="name" maxLength={limits.AcceptInvitationRequest.name.maxLength} required {...text('name')} />}
        <PasswordField
          label="Password"
          autoComplete={hasAccount ? 'current-password' : 'new-password'}
          hint={hasAccount ? 'The password of your existing account here.' : passwordHint()}
          required
          {...text('password')}
        />
        {needsCode && (
          <TextField label="Code" autoComplete="one-time-code" inputMode="numeric" hint="From your authenticator app, or a recovery code." required {...text('code')} />
        )}
        <Button type="submit" variant="primary" busy={accept.isPending || accept.isSuccess} className={`mt-2 ${ENTRANCE_BUTTON}`}>
          {hasAccount ? `Join ${tenantName}` : 'Create account and join'}
        </Button>
        <AcceptFailure error={accept.error} />
        {hasAccount && (
          <Link to="/forgot-password" className={`${ENTRANCE_LINK} self-center text-13`}>
            Forgot password?
          </Link>
        )}
      </form>
    </Entrance>
  )
}

const Expired = () => (
  <Entrance title={TITLE}>
    <LinkExpired>
      <p className="text-13 text-text-2">Ask whoever invited you to send the invitation again.</p>
    </LinkExpired>
  </Entrance>
)

function Opened({ token }: { token: string }) {
  const query = useQuery(invitationQuery(token))
  if (query.data) return <Accept token={token} invitation={query.data} />
  return hasSlug(query.error, 'link-expired') ? <Expired /> : <OpeningLink title={TITLE} what="the invitation" query={query} />
}

/** Where the link of an invitation leads, for people with and without an account here. */
export function InvitationPage() {
  const token = useLinkToken()
  return token ? <Opened key={token} token={token} /> : <Expired />
}
