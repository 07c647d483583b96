import { getRouteApi, Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { KeyRound, Plus, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { ApiToken } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { Facts } from '@/components/Section'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded, NotAllowed } from '@/components/states'
import { Absolute, Ago } from '@/components/Time'
import { Mark, Tag } from '@/components/ui/Badge'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { plural } from '@/lib/numbers'
import { useEverySecond } from '@/lib/ticker'
import { useRevokeToken, useTokens } from '@/queries/tokens'

const route = getRouteApi('/frame/settings/tokens')

const SOON_MS = 7 * 24 * 60 * 60_000

function Expiry({ at }: { at: string }) {
  const left = useEverySecond((now) => {
    const milliseconds = new Date(at).getTime() - now.getTime()
    return milliseconds <= 0 ? 'expired' : milliseconds < SOON_MS ? 'soon' : 'later'
  })
  if (left === 'expired') {
    return (
      <Mark tone="bad" icon={TriangleAlert}>
        Expired
      </Mark>
    )
  }
  return left === 'soon' ? (
    <Mark tone="warn" icon={TriangleAlert}>
      <Ago at={at} />
    </Mark>
  ) : (
    <Ago at={at} />
  )
}

function Row({ token, showOwner, onRevoke }: { token: ApiToken; showOwner: boolean; onRevoke: () => void }) {
  const { name, prefix, scopes, ipAllowList, createdAt, expiresAt, lastUsedAt, lastUsedIp, owner } = token
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 border-t border-line p-4 first:border-t-0">
      <div className="min-w-0 flex-1 basis-60">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2 className="text-14 font-semibold break-words">{name}</h2>
          <code className="font-mono text-12 text-text-3">{prefix}…</code>
        </div>
        <ul aria-label="Scopes" className="mt-2 flex flex-wrap gap-1">
          {scopes.map((scope) => (
            <li key={scope}>
              <Tag>{scope}</Tag>
            </li>
          ))}
        </ul>
        <div className="mt-3">
          <Facts
            facts={[
              ...(showOwner ? ([['Of', owner.name]] as const) : []),
              ['Expires', <Expiry key="expires" at={expiresAt} />],
              [
                'Last used',
                lastUsedAt ? (
                  <span key="used">
                    <Ago at={lastUsedAt} />
                    {lastUsedIp && ` from ${lastUsedIp}`}
                  </span>
                ) : (
                  'never'
                ),
              ],
              ['Only from', ipAllowList.length > 0 ? ipAllowList.join(', ') : 'anywhere'],
              ['Created', <Absolute key="created" at={createdAt} />],
            ]}
          />
        </div>
      </div>
      <Button icon={Trash2} onClick={onRevoke}>
        Revoke<span className="sr-only">: {name}</span>
      </Button>
    </li>
  )
}

function RevokeDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const revoke = useRevokeToken()
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}?`}
      description={`Whatever uses ${token.prefix}… is refused from the next request on. This cannot be undone.`}
      action={`Revoke ${token.name}`}
      failed="The token was not revoked"
      mutation={revoke}
      request={token.id}
      onDone={() => announce(`${token.name} is revoked.`)}
      onClose={onClose}
    />
  )
}

const NewTokenLink = () => (
  <Link to="/settings/tokens/new" className={buttonClass('primary')}>
    <Plus aria-hidden className="size-4" />
    New token
  </Link>
)

function Whose({ all }: { all: boolean }) {
  return (
    <nav aria-label="Whose tokens" className="flex rounded-md border border-line bg-surface-1 p-0.5">
      {[
        { label: 'Yours', search: {}, current: !all },
        { label: 'Everybody’s', search: { of: 'all' } as const, current: all },
      ].map(({ label, search, current }) => (
        <Link
          key={label}
          to="/settings/tokens"
          search={search}
          aria-current={current ? 'page' : undefined}
          activeProps={{}}
          className={clsx('flex h-6.5 items-center rounded-sm px-2.5 text-13 touch:h-10', current ? 'bg-surface-3 font-medium' : 'text-text-2 hover:text-text-1')}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}

function Tokens() {
  const mayManage = useCan('tokens:manage')
  const all = route.useSearch().of === 'all' && mayManage
  const query = useTokens(all)
  const [revoking, setRevoking] = useState<ApiToken | null>(null)
  return (
    <>
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-2">
        {mayManage && <Whose all={all} />}
        <p role="status" className="text-13 text-text-3">
          {query.data && plural(query.data.length, 'token')}
        </p>
        <div className="ml-auto">
          <NewTokenLink />
        </div>
      </div>
      <Card>
        <Loaded query={query} what="the tokens" skeleton={<SkeletonRows rows={3} className="h-32" />}>
          {(tokens) =>
            tokens.length === 0 ? (
              <Empty icon={KeyRound} title="No API token yet" action={<NewTokenLink />}>
                A script signs in with a token instead of a password. It may do no more than you, and less if you choose so.
              </Empty>
            ) : (
              <ul aria-label="API tokens">
                {tokens.map((token) => (
                  <Row key={token.id} token={token} showOwner={all} onRevoke={() => setRevoking(token)} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

/** What scripts sign in with. */
export function TokensPage() {
  return useCan('tokens:write') ? <Tokens /> : <NotAllowed what="API tokens" permission="tokens:write" />
}
