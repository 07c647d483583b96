import { Laptop, LogOut, Smartphone } from 'lucide-react'
import { useState } from 'react'
import type { Session } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { Facts } from '@/components/Section'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded } from '@/components/states'
import { Absolute, Ago } from '@/components/Time'
import { Badge } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { plural, UNKNOWN } from '@/lib/numbers'
import { useRevokeSessions, useSessions } from '@/queries/me'

const isHandheld = (device: string): boolean => /android|ios|iphone|ipad|phone|mobile/i.test(device)

function Row({ session, onRevoke }: { session: Session; onRevoke: () => void }) {
  const Icon = isHandheld(session.device) ? Smartphone : Laptop
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 border-t border-line p-4 first:border-t-0">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-text-3" strokeWidth={1.5} />
      <div className="min-w-0 flex-1 basis-60">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-14 font-semibold" title={session.userAgent ?? undefined}>
            {session.device}
          </h2>
          {session.current && <Badge tone="ok">This one</Badge>}
        </div>
        <div className="mt-2">
          <Facts
            facts={[
              ['Last used', <Ago key="used" at={session.lastUsedAt} />],
              ['From', <span key="ip" className="font-mono text-12">{session.ip ?? UNKNOWN}</span>],
              ['Tenant', session.tenantName],
              ['Signed in', <Absolute key="made" at={session.createdAt} />],
              ['How', `${session.method === 'sso' ? 'SSO' : 'Password'}${session.remember ? ', remembered' : ''}`],
              ['Ends', <Ago key="ends" at={session.expiresAt} />],
            ]}
          />
        </div>
      </div>
      {!session.current && (
        <Button icon={LogOut} onClick={onRevoke}>
          Revoke<span className="sr-only">: {session.device}, {session.ip ?? 'unknown address'}</span>
        </Button>
      )}
    </li>
  )
}

type Revoking = Session | 'others'

function RevokeDialog({ revoking, others, onClose }: { revoking: Revoking; others: number; onClose: () => void }) {
  const revoke = useRevokeSessions()
  const all = revoking === 'others'
  return (
    <ConfirmDialog
      title={all ? `Revoke ${plural(others, 'other session')}?` : `Revoke ${revoking.device}?`}
      description={all ? 'Every device but this one is signed out at once.' : `Whoever uses it${revoking.ip ? ` from ${revoking.ip}` : ''} is signed out at once.`}
      action={all ? 'Revoke all others' : 'Revoke session'}
      failed="Not revoked"
      mutation={revoke}
      request={all ? undefined : revoking.id}
      onDone={() => announce(all ? 'All other sessions are revoked.' : `The session on ${revoking.device} is revoked.`)}
      onClose={onClose}
    />
  )
}

/** Where the signed-in person is signed in. */
export function SessionsPage() {
  const query = useSessions()
  const [revoking, setRevoking] = useState<Revoking | null>(null)
  const others = query.data?.filter(({ current }) => !current).length ?? 0
  return (
    <>
      <div className="mb-4 flex min-h-8 flex-wrap items-center gap-2">
        <p role="status" className="text-13 text-text-3">
          {query.data && plural(query.data.length, 'session')}
        </p>
        {others > 0 && (
          <Button icon={LogOut} className="ml-auto" onClick={() => setRevoking('others')}>
            Revoke all others
          </Button>
        )}
      </div>
      <Card>
        <Loaded query={query} what="the sessions" skeleton={<SkeletonRows rows={3} className="h-28" />}>
          {(sessions) =>
            sessions.length === 0 ? (
              <Empty icon={Laptop} title="No session listed">
                Reload the page: at least the one that you use now should be here.
              </Empty>
            ) : (
              <ul aria-label="Sessions">
                {sessions.map((session) => (
                  <Row key={session.id} session={session} onRevoke={() => setRevoking(session)} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      <p className="mt-3 max-w-2xl text-12 text-text-3">A device that you do not know? Revoke it, then change your password.</p>
      {revoking && <RevokeDialog revoking={revoking} others={others} onClose={() => setRevoking(null)} />}
    </>
  )
}
