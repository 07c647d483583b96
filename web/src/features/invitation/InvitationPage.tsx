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
import { phrase } from '@/lib/phrase'
import { invitationQuery, useAcceptInvitation } from '@/queries/entrance'
import { texts } from './texts'

const TITLE = texts.title.acceptInvitation

/** Signs the new member in with what was just typed; a second factor's code is used up by then. */
function useEntry() {
  const navigate = useNavigate()
  const state = useSession()
  const [elsewhere, setElsewhere] = useState(false)
  const enter = async (tenantId: string, tenantName: string, email: string, password: string) => {
    try {
      if (state.status === 'signed-in' && state.user.email.toLowerCase() === email.toLowerCase()) await session.switchTenant(tenantId)
      else await session.signIn({ email, password, rememberMe: false, tenantId })
      announce(texts.useEntry.memberNow({ tenantName }))
      await navigate({ to: '/' })
    } catch {
      setElsewhere(true)
    }
  }
  return { enter, elsewhere }
}

function AcceptFailure({ error }: { error: Error | null }) {
  if (error instanceof ApiProblem && error.status === 401) {
    return error.slug === 'second-factor-required' ? null : <FormFailure title={texts.acceptFailure.failed}>{error.message}</FormFailure>
  }
  return <RequestFailure error={error} title={texts.acceptFailure.couldNotAcceptInvitation} fields={['/name', '/password', '/code']} />
}

function Accept({ token, invitation }: { token: string; invitation: Invitation }) {
  const { tenantName, email, role, invitedBy, hasAccount } = invitation
  const { enter, elsewhere } = useEntry()
  const [needsCode, setNeedsCode] = useState(false)
  const accept = useAcceptInvitation(() => setNeedsCode(true))
  const { form, text } = useForm({
    initial: { name: '', password: '', code: '' },
    validate: ({ name, password, code }) => {
      const weak = hasAccount ? (password === '' ? texts.accept.enterPassword : undefined) : passwordProblem(password)
      return {
        ...(!hasAccount && name.trim() === '' && { '/name': texts.accept.enterName }),
        ...(weak && { '/password': weak }),
        ...(needsCode && code.trim() === '' && { '/code': texts.accept.enterCode }),
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
      <Entrance title={texts.accept.welcome({ tenantName })}>
        <EntranceMessage>
          <CircleCheck aria-hidden className="size-8 text-ok-text" strokeWidth={1.5} />
          <p>{texts.accept.memberNowSignIn}</p>
          <Link to="/sign-in" className={buttonClass('primary')}>
            {texts.accept.signIn}
          </Link>
        </EntranceMessage>
      </Entrance>
    )
  }
  return (
    <Entrance
      title={texts.accept.join({ tenantName })}
      note={
        <>
          {phrase(texts.accept.invitesAs, { invitedBy, email: <strong className="font-semibold break-words">{email}</strong>, roleWord: roleWord(role) })}
        </>
      }
    >
      <form {...form} className="flex flex-col gap-2">
        {/* Tells password managers whose password it is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        {!hasAccount && <TextField label={texts.accept.name} autoComplete="name" maxLength={limits.AcceptInvitationRequest.name.maxLength} required {...text('name')} />}
        <PasswordField
          label={texts.accept.password}
          autoComplete={hasAccount ? 'current-password' : 'new-password'}
          hint={hasAccount ? texts.accept.passwordExistingAccountHere : passwordHint()}
          required
          {...text('password')}
        />
        {needsCode && (
          <TextField label={texts.accept.code} autoComplete="one-time-code" inputMode="numeric" hint={texts.accept.codeHint} required {...text('code')} />
        )}
        <Button type="submit" variant="primary" busy={accept.isPending || accept.isSuccess} className={`mt-2 ${ENTRANCE_BUTTON}`}>
          {hasAccount ? texts.accept.join({ tenantName }) : texts.accept.createAccountJoin}
        </Button>
        <AcceptFailure error={accept.error} />
        {hasAccount && (
          <Link to="/forgot-password" className={`${ENTRANCE_LINK} self-center text-13`}>
            {texts.accept.forgotPassword}
          </Link>
        )}
      </form>
    </Entrance>
  )
}

const Expired = () => (
  <Entrance title={TITLE}>
    <LinkExpired>
      <p className="text-13 text-text-2">{texts.expired.askWhoeverInvitedSend}</p>
    </LinkExpired>
  </Entrance>
)

function Opened({ token }: { token: string }) {
  const query = useQuery(invitationQuery(token))
  if (query.data) return <Accept token={token} invitation={query.data} />
  return hasSlug(query.error, 'link-expired') ? <Expired /> : <OpeningLink title={TITLE} what={texts.opened.invitation} query={query} />
}

/** Where the link of an invitation leads, for people with and without an account here. */
export function InvitationPage() {
  const token = useLinkToken()
  return token ? <Opened key={token} token={token} /> : <Expired />
}
