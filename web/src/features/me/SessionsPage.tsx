import { Laptop, LogOut, Smartphone } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Session } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { Empty } from '@/components/states'
import { Ago } from '@/components/Time'
import { Badge } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { plural, UNKNOWN } from '@/lib/numbers'
import { useRevokeSessions, useSessions } from '@/queries/me'

const isHandheld = (device: string): boolean => /android|ios|iphone|ipad|phone|mobile/i.test(device)

function Device({ session: { device, userAgent, current } }: { session: Session }) {
  const Icon = isHandheld(device) ? Smartphone : Laptop
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-2" title={userAgent ?? undefined}>
      <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      <span className="min-w-0 font-semibold">{device}</span>
      {current && <Badge tone="ok">This one</Badge>}
    </span>
  )
}

const howOf = ({ method, remember }: Session): string => `${method === 'sso' ? 'SSO' : 'Password'}${remember ? ', remembered' : ''}`

const sessionList = (onRevoke: (session: Session) => void): ListDefinition<Session> => ({
  id: 'sessions',
  label: 'Sessions',
  one: 'session',
  ownHeights: true,
  idOf: ({ id }) => id,
  name: { id: 'device', title: 'Device', sort: 'device', by: ({ device }) => device, text: ({ device, current }) => (current ? `${device} (This one)` : device), cell: (session) => <Device session={session} /> },
  columns: [
    { id: 'used', title: 'Last used', width: 110, priority: 9, sort: 'used', newestFirst: true, card: 'below', labelled: true, by: ({ lastUsedAt }) => lastUsedAt, text: ({ lastUsedAt }) => lastUsedAt, cell: ({ lastUsedAt }) => <Ago at={lastUsedAt} /> },
    { id: 'from', title: 'From', width: 140, priority: 8, card: 'below', labelled: true, text: ({ ip }) => ip ?? '', cell: ({ ip }) => <span className="font-mono text-12" title={ip ?? undefined}>{ip ?? UNKNOWN}</span> },
    { id: 'tenant', title: 'Tenant', width: 140, priority: 7, sort: 'tenant', card: 'below', labelled: true, by: ({ tenantName }) => tenantName, text: ({ tenantName }) => tenantName, cell: ({ tenantName }) => <span title={tenantName}>{tenantName}</span> },
    { id: 'created', title: 'Signed in', width: 120, priority: 5, sort: 'created', newestFirst: true, card: 'below', labelled: true, by: ({ createdAt }) => createdAt, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} /> },
    { id: 'how', title: 'With', width: 180, priority: 4, card: 'below', labelled: true, text: howOf, cell: howOf },
    { id: 'ends', title: 'Ends', width: 100, priority: 6, sort: 'ends', card: 'below', labelled: true, by: ({ expiresAt }) => expiresAt, text: ({ expiresAt }) => expiresAt, cell: ({ expiresAt }) => <Ago at={expiresAt} /> },
  ],
  searches: 'Device, address, tenant',
  actions: {
    width: 118,
    card: 'below',
    cell: (session) =>
      !session.current && (
        <Button icon={LogOut} onClick={() => onRevoke(session)}>
          Revoke
          <span className="sr-only">
            : {session.device}, {session.ip ?? 'unknown address'}
          </span>
        </Button>
      ),
  },
})

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
  const definition = useMemo(() => sessionList(setRevoking), [])
  const list = useWholeList(query, definition)
  const others = query.data?.filter(({ current }) => !current).length ?? 0
  return (
    <>
      <List
        definition={definition}
        list={list}
        action={
          others > 0 && (
            <Button icon={LogOut} onClick={() => setRevoking('others')}>
              Revoke all others
            </Button>
          )
        }
        empty={
          <Empty icon={Laptop} title="No session listed">
            Reload the page: at least the one that you use now should be here.
          </Empty>
        }
      />
      <p className="mt-3 max-w-2xl text-12 text-text-3">A device that you do not know? Revoke it, then change your password.</p>
      {revoking && <RevokeDialog revoking={revoking} others={others} onClose={() => setRevoking(null)} />}
    </>
  )
}
