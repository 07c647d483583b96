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
import { texts } from './texts'

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
    {texts.withPassword.signInWithPassword}
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
    <Entrance title={texts.ssoStartPage.title} elsewhere={withPassword}>
      {astray && <FormFailure title={texts.ssoStartPage.failed}>{texts.ssoStartPage.identityProvidersAddressNot}</FormFailure>}
      {!error && !astray && <Waiting>{texts.ssoStartPage.continuingIdentityProvider}</Waiting>}
      {error && (
        <div className="flex flex-col gap-3">
          {unknown ? (
            <FormFailure title={texts.ssoStartPage.noOrganisationSignsIn({ slug })}>{texts.ssoStartPage.checkNameOrAsk}</FormFailure>
          ) : (
            <RequestFailure error={error} title={texts.ssoStartPage.failed} />
          )}
          <div className="flex flex-wrap gap-2">
            <Link to="/sso" className={buttonClass(unknown ? 'primary' : 'secondary')}>
              {texts.ssoStartPage.enterAnotherName}
            </Link>
            {!unknown && (
              <Button variant="primary" busy={isFetching} onClick={() => void refetch()}>
                {texts.ssoStartPage.tryAgain}
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
  return error ? <NotSignedIn error={error} /> : <Waiting>{texts.finishing.signingIn}</Waiting>
}

function NotSignedIn({ error, detail }: { error?: Error; detail?: string }) {
  return (
    <div className="flex flex-col gap-3">
      {error ? <RequestFailure error={error} title={texts.notSignedIn.failed} /> : <FormFailure title={texts.notSignedIn.failed}>{detail}</FormFailure>}
      <Link to="/sso" className={buttonClass('primary')}>
        {texts.notSignedIn.tryAgain}
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
    <Entrance title={texts.ssoCallbackPage.title} elsewhere={withPassword}>
      {isIn ? (
        <Waiting>{texts.ssoCallbackPage.signingIn}</Waiting>
      ) : code && state ? (
        <Finishing answer={{ tenantId, code, state }} />
      ) : (
        <NotSignedIn detail={refusal ? texts.ssoCallbackPage.identityProviderAnswered({ refusal }) : texts.ssoCallbackPage.identityProvidersAnswerHas} />
      )}
    </Entrance>
  )
}
