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
import { UNKNOWN } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { useRevokeSessions, useSessions } from '@/queries/me'
import { texts } from './texts'

const isHandheld = (device: string): boolean => /android|ios|iphone|ipad|phone|mobile/i.test(device)

function Device({ session: { device, userAgent, current } }: { session: Session }) {
  const Icon = isHandheld(device) ? Smartphone : Laptop
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-2" title={userAgent ?? undefined}>
      <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      <span className="min-w-0 font-semibold">{device}</span>
      {current && <Badge tone="ok">{texts.device.one}</Badge>}
    </span>
  )
}

const howOf = ({ method, remember }: Session): string => (method === 'sso' ? (remember ? texts.howOf.ssoRemembered : texts.howOf.sso) : remember ? texts.howOf.passwordRemembered : texts.howOf.password)

const sessionList = (onRevoke: (session: Session) => void): ListDefinition<Session> => ({
  id: 'sessions',
  label: texts.sessionList.sessions,
  one: texts.sessionList.session,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: { id: 'device', title: texts.sessionList.device, sort: 'device', by: ({ device }) => device, text: ({ device, current }) => (current ? texts.sessionList.one({ device }) : device), cell: (session) => <Device session={session} /> },
  columns: [
    { id: 'used', title: texts.sessionList.lastUsed, width: 110, priority: 9, sort: 'used', newestFirst: true, card: 'below', labelled: true, by: ({ lastUsedAt }) => lastUsedAt, text: ({ lastUsedAt }) => lastUsedAt, cell: ({ lastUsedAt }) => <Ago at={lastUsedAt} /> },
    { id: 'from', title: texts.sessionList.from, width: 140, priority: 8, card: 'below', labelled: true, text: ({ ip }) => ip ?? '', cell: ({ ip }) => <span className="font-mono text-12" title={ip ?? undefined}>{ip ?? UNKNOWN}</span> },
    { id: 'tenant', title: texts.sessionList.tenant, width: 140, priority: 7, sort: 'tenant', card: 'below', labelled: true, by: ({ tenantName }) => tenantName, text: ({ tenantName }) => tenantName, cell: ({ tenantName }) => <span title={tenantName}>{tenantName}</span> },
    { id: 'created', title: texts.sessionList.signedIn, width: 120, priority: 5, sort: 'created', newestFirst: true, card: 'below', labelled: true, by: ({ createdAt }) => createdAt, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} /> },
    { id: 'how', title: texts.sessionList.with, width: 180, priority: 4, card: 'below', labelled: true, text: howOf, cell: howOf },
    { id: 'ends', title: texts.sessionList.ends, width: 100, priority: 6, sort: 'ends', card: 'below', labelled: true, by: ({ expiresAt }) => expiresAt, text: ({ expiresAt }) => expiresAt, cell: ({ expiresAt }) => <Ago at={expiresAt} /> },
  ],
  searches: texts.sessionList.deviceAddressTenant,
  actions: {
    width: 118,
    card: 'below',
    cell: (session) =>
      !session.current && (
        <Button icon={LogOut} onClick={() => onRevoke(session)}>
          {phrase(texts.sessionList.revoke, { device: session.device, ip: session.ip ?? texts.sessionList.unknownAddress, hidden: (words) => <span className="sr-only">{words}</span> })}
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
      title={all ? texts.revokeDialog.titleOfOthers({ others }) : texts.revokeDialog.title({ device: revoking.device })}
      description={all ? texts.revokeDialog.everyDeviceButOne : revoking.ip ? texts.revokeDialog.whoeverFrom({ ip: revoking.ip }) : texts.revokeDialog.whoever}
      action={all ? texts.revokeDialog.revokeAllOthers : texts.revokeDialog.revokeSession}
      failed={texts.revokeDialog.failed}
      mutation={revoke}
      request={all ? undefined : revoking.id}
      onDone={() => announce(all ? texts.revokeDialog.allOtherSessionsRevoked : texts.revokeDialog.sessionOnRevoked({ device: revoking.device }))}
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
              {texts.sessionsPage.revokeAllOthers}
            </Button>
          )
        }
        empty={
          <Empty icon={Laptop} title={texts.sessionsPage.title}>
            {texts.sessionsPage.reloadPageAtLeast}
          </Empty>
        }
      />
      <p className="mt-3 max-w-2xl text-12 text-text-3">{texts.sessionsPage.deviceDoNotKnow}</p>
      {revoking && <RevokeDialog revoking={revoking} others={others} onClose={() => setRevoking(null)} />}
    </>
  )
}
