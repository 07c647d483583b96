import { getRouteApi, Link } from '@tanstack/react-router'
import { KeyRound, Plus, Trash2, TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useCan } from '@/api/client'
import type { ApiToken } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import type { Column } from '@/components/list/columns'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { Empty, NotAllowed } from '@/components/states'
import { Ago } from '@/components/Time'
import { Mark, Tag } from '@/components/ui/Badge'
import { Button, buttonClass } from '@/components/ui/Button'
import { Tabs } from '@/components/ui/Tabs'
import { phrase } from '@/lib/phrase'
import { useEverySecond } from '@/lib/ticker'
import { useRevokeToken, useTokens } from '@/queries/tokens'
import { texts } from './texts'

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
        {texts.expiry.expired}
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

function RevokeDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const revoke = useRevokeToken()
  return (
    <ConfirmDialog
      title={texts.revokeDialog.title({ name: token.name })}
      description={texts.revokeDialog.whateverUsesRefusedFrom({ prefix: token.prefix })}
      action={texts.revokeDialog.action({ name: token.name })}
      failed={texts.revokeDialog.failed}
      mutation={revoke}
      request={token.id}
      onDone={() => announce(texts.revokeDialog.revoked({ name: token.name }))}
      onClose={onClose}
    />
  )
}

const NewTokenLink = () => (
  <Link to="/settings/tokens/new" className={buttonClass('primary')}>
    <Plus aria-hidden className="size-4" />
    {texts.newTokenLink.newToken}
  </Link>
)

const isExpired = ({ expiresAt }: ApiToken): boolean => new Date(expiresAt).getTime() <= Date.now()

const SCOPES_SHOWN = 2

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const rest = scopes.slice(SCOPES_SHOWN)
  return (
    <span className="flex items-center gap-1" title={scopes.join(', ')}>
      {scopes.slice(0, SCOPES_SHOWN).map((scope) => (
        <Tag key={scope}>{scope}</Tag>
      ))}
      {rest.length > 0 && <span className="text-12 text-text-3">+{rest.length}</span>}
    </span>
  )
}

const tokenList = (showOwner: boolean, onRevoke: (token: ApiToken) => void): ListDefinition<ApiToken> => ({
  id: 'tokens',
  label: texts.tokenList.apiTokens,
  one: texts.tokenList.token,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    title: texts.tokenList.name,
    sort: 'name',
    by: ({ name }) => name,
    text: ({ name }) => name,
    cell: ({ name }) => <span className="font-semibold">{name}</span>,
    below: ({ prefix }) => <code className="font-mono text-12">{prefix}…</code>,
  },
  columns: [
    ...(showOwner ? [{ id: 'owner', title: texts.tokenList.of, width: 130, priority: 9, sort: 'owner', card: 'below', labelled: true, by: ({ owner }: ApiToken) => owner.name, text: ({ owner }: ApiToken) => owner.name, cell: ({ owner }: ApiToken) => owner.name } satisfies Column<ApiToken>] : []),
    { id: 'scopes', title: texts.tokenList.scopes, width: 270, priority: 6, card: 'below', text: ({ scopes }) => scopes.join(' '), cell: ({ scopes }) => <Scopes scopes={scopes} /> },
    { id: 'expires', title: texts.tokenList.expires, width: 120, priority: 8, sort: 'expires', card: 'below', labelled: true, by: ({ expiresAt }) => expiresAt, text: ({ expiresAt }) => expiresAt, cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
    {
      id: 'used',
      title: texts.tokenList.lastUsed,
      width: 130,
      priority: 7,
      sort: 'used',
      newestFirst: true,
      card: 'below',
      labelled: true,
      by: ({ lastUsedAt }) => lastUsedAt ?? '',
      text: ({ lastUsedAt }) => lastUsedAt ?? '',
      cell: ({ lastUsedAt, lastUsedIp }) => (lastUsedAt ? <span title={lastUsedIp ? texts.tokenList.from({ lastUsedIp }) : undefined}><Ago at={lastUsedAt} /></span> : <span className="text-text-3">{texts.tokenList.never}</span>),
    },
    { id: 'from', title: texts.tokenList.onlyFrom, width: 150, priority: 4, text: ({ ipAllowList }) => ipAllowList.join(' '), cell: ({ ipAllowList }) => <span title={ipAllowList.join(', ')}>{ipAllowList.length > 0 ? ipAllowList.join(', ') : texts.tokenList.anywhere}</span> },
    { id: 'created', title: texts.tokenList.created, width: 120, priority: 3, sort: 'created', newestFirst: true, by: ({ createdAt }) => createdAt, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} className="text-text-3" /> },
  ],
  more: [
    { title: texts.tokenList.prefix, text: ({ prefix }) => prefix },
    { title: texts.tokenList.lastUsedFrom, text: ({ lastUsedIp }) => lastUsedIp ?? '' },
  ],
  filters: [
    { id: 'of', title: texts.tokenList.whose, elsewhere: true },
    { id: 'scope', title: texts.tokenList.scope, several: true, of: ({ scopes }) => scopes },
    { id: 'state', title: texts.tokenList.state, several: true, options: STATES, of: (token) => [isExpired(token) ? 'expired' : 'valid'] },
  ],
  searches: texts.tokenList.nameScopeAddress,
  actions: {
    width: 118,
    card: 'below',
    cell: (token) => (
      <Button icon={Trash2} onClick={() => onRevoke(token)}>
        {phrase(texts.tokenList.revoke, { name: token.name, hidden: (words) => <span className="sr-only">{words}</span> })}
      </Button>
    ),
  },
})

const STATES = [
  { value: 'valid', label: texts.states.valid },
  { value: 'expired', label: texts.states.expired },
]

function Tokens() {
  const mayManage = useCan('tokens:manage')
  const all = route.useSearch().of === 'all' && mayManage
  const [revoking, setRevoking] = useState<ApiToken | null>(null)
  const definition = useMemo(() => tokenList(all, setRevoking), [all])
  const list = useWholeList(useTokens(all), definition)
  return (
    <>
      <List
        definition={definition}
        list={list}
        lead={
          mayManage && (
            <Tabs
              label={texts.tokens.whoseTokens}
              tabs={[
                { label: texts.tokens.yours, isCurrent: !all, change: { of: undefined } },
                { label: texts.tokens.everybodys, isCurrent: all, change: { of: 'all' } },
              ]}
            />
          )
        }
        action={<NewTokenLink />}
        empty={
          <Empty icon={KeyRound} title={texts.tokens.title} action={<NewTokenLink />}>
            {texts.tokens.scriptsSignInWith}
          </Empty>
        }
      />
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

/** What scripts sign in with. */
export function TokensPage() {
  return useCan('tokens:write') ? <Tokens /> : <NotAllowed what={texts.tokensPage.apiTokens} permission="tokens:write" />
}
