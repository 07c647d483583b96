import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { LoaderCircle } from 'lucide-react'
import { useEffect } from 'react'
import { useSession } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { SsoAnswer } from '@/api/types'
import { Entrance, ENTRANCE_LINK } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, buttonClass } from '@/components/ui/Button'
import { isWebAddress } from '@/lib/addresses'
import { useProviderAnswer } from '@/lib/arrival'
import { finishSsoQuery, startSsoQuery } from '@/queries/entrance'

const route = getRouteApi('/sso/$slug')
const callback = getRouteApi('/sso/callback/$tenantId')

function Waiting({ children }: { children: string }) {
  return (
    <p role="status" className="flex min-h-16 items-center gap-2 text-14 text-text-2">
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      {children}
    </p>
  )
}

const withPassword = (
  <Link to="/sign-in" className={ENTRANCE_LINK}>
    Sign in with a password
  </Link>
)

/** Sends the browser on to the identity provider of the organisation that the address names. */
export function SsoStartPage() {
  const { slug } = route.useParams()
  const { data: address, error, refetch, isFetching } = useQuery(startSsoQuery(slug))
  const leaves = address !== undefined && isWebAddress(address)
  const astray = address !== undefined && !leaves
  useEffect(() => {
    if (leaves) window.location.assign(address)
  }, [leaves, address])
  const unknown = hasSlug(error, 'not-found')
  return (
    <Entrance title="Sign in with SSO" elsewhere={withPassword}>
      {astray && <FormFailure title="Could not start signing in">The identity provider’s address is not a web address. Tell whoever set up single sign-on.</FormFailure>}
      {!error && !astray && <Waiting>Continuing to your identity provider</Waiting>}
      {error && (
        <div className="flex flex-col gap-3">
          {unknown ? (
            <FormFailure title={`No organisation signs in as “${slug}”`}>Check the name, or ask whoever set up single sign-on.</FormFailure>
          ) : (
            <RequestFailure error={error} title="Could not start signing in" />
          )}
          <div className="flex flex-wrap gap-2">
            <Link to="/sso" className={buttonClass(unknown ? 'primary' : 'secondary')}>
              Enter another name
            </Link>
            {!unknown && (
              <Button variant="primary" busy={isFetching} onClick={() => void refetch()}>
                Try again
              </Button>
            )}
          </div>
        </div>
      )}
    </Entrance>
  )
}

function Finishing({ answer }: { answer: SsoAnswer }) {
  // The router leaves this page as soon as somebody is signed in.
  const { error } = useQuery(finishSsoQuery(answer))
  return error ? <NotSignedIn error={error} /> : <Waiting>Signing in</Waiting>
}

function NotSignedIn({ error, detail }: { error?: Error; detail?: string }) {
  return (
    <div className="flex flex-col gap-3">
      {error ? <RequestFailure error={error} title="Could not sign in" /> : <FormFailure title="Could not sign in">{detail}</FormFailure>}
      <Link to="/sso" className={buttonClass('primary')}>
        Try again
      </Link>
    </div>
  )
}

/** Where the identity provider sends the browser back to. */
export function SsoCallbackPage() {
  // Signed in by it, and on the way to the page that comes next: the answer is good for one time only.
  const isIn = 'user' in useSession()
  const { tenantId } = callback.useParams()
  const answer = useProviderAnswer()
  const code = answer?.get('code')
  const state = answer?.get('state')
  const refusal = answer?.get('error_description') ?? answer?.get('error')
  return (
    <Entrance title="Sign in with SSO" elsewhere={withPassword}>
      {isIn ? (
        <Waiting>Signing in</Waiting>
      ) : code && state ? (
        <Finishing answer={{ tenantId, code, state }} />
      ) : (
        <NotSignedIn detail={refusal ? `Your identity provider answered: ${refusal}` : 'Your identity provider’s answer has expired. Start again.'} />
      )}
    </Entrance>
  )
}
