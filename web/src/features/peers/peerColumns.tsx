import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CircleArrowUp } from 'lucide-react'
import type { Peer } from '@/api/types'
import type { Column, NameColumn } from '@/components/list/columns'
import { peerCondition, PeerMark } from '@/components/status'
import { Ago } from '@/components/Time'
import { Tag } from '@/components/ui/Badge'
import { UNKNOWN } from '@/lib/numbers'
import { isBehind } from '@/lib/versions'
import { openedAs, tellingGroups } from './peerList'
import { Since } from './Since'
import { texts } from './texts'

const TAGS_SHOWN = 2

function Groups({ names }: { names: readonly string[] }) {
  const rest = names.slice(TAGS_SHOWN)
  return (
    <span className="flex items-center gap-1">
      {names.slice(0, TAGS_SHOWN).map((name) => (
        <Tag key={name}>{name}</Tag>
      ))}
      {rest.length > 0 && (
        <span className="text-12 text-text-3" title={rest.join(', ')}>
          {texts.list.moreGroups({ count: rest.length })}
        </span>
      )}
    </span>
  )
}

function Version({ version, newest }: { version: string; newest: string | undefined }) {
  const behind = isBehind(version, newest)
  return (
    <span className={clsx('inline-flex items-center gap-1 font-mono text-12', behind && 'text-warn-text')} title={behind ? texts.list.behind({ newest: newest ?? '' }) : undefined}>
      {version || UNKNOWN}
      {behind && <CircleArrowUp role="img" aria-label={texts.list.behindMark} className="size-3" />}
    </span>
  )
}

/** NetBird puts the kernel before the distribution, which says it already. */
const shortSystem = (os: string): string => os.replace(/^Linux (?=\S)/, '')

const place = ({ city, country }: Peer['location']): string => [city, country].filter(Boolean).join(', ')

export const NAME: NameColumn<Peer> = {
  id: 'name',
  title: texts.list.name,
  sort: 'name',
  text: ({ name }) => name,
  cell: (peer) => (
    <Link to="." search={(search) => ({ ...search, peer: openedAs(peer) })} resetScroll={false} className="font-semibold after:absolute after:inset-0 hover:underline">
      {peer.name}
    </Link>
  ),
}

/** What a peer's row says beside its name; the account only where there are several. */
export const peerColumns = (newest: string | undefined, severalAccounts: boolean): Column<Peer>[] => [
  {
    id: 'status',
    title: texts.list.status,
    width: 220,
    priority: 10,
    leads: true,
    sort: 'status',
    card: 'beside',
    text: peerCondition,
    cell: (peer, { gone }) => (
      <span className="inline-flex items-center gap-1.5 align-middle">
        <PeerMark peer={peer} />
        <span className="truncate text-13 text-text-3">{gone ? texts.list.gone : <Since peer={peer} />}</span>
      </span>
    ),
  },
  { id: 'ip', title: texts.list.ip, width: 134, priority: 9, sort: 'ip', card: 'below', text: ({ ip }) => ip, cell: ({ ip }) => <span className="font-mono text-12">{ip}</span> },
  ...(severalAccounts
    ? [{ id: 'account', title: texts.list.account, width: 110, priority: 8, text: ({ accountName }: Peer) => accountName, cell: ({ accountName }: Peer) => <span title={accountName}>{accountName}</span> }]
    : []),
  { id: 'groups', title: texts.list.groups, width: 176, priority: 6, card: 'end', text: (peer) => tellingGroups(peer).join(' '), cell: (peer) => <Groups names={tellingGroups(peer)} /> },
  { id: 'os', title: texts.list.os, width: 136, priority: 4, sort: 'os', text: ({ os }) => os, cell: ({ os }) => <span title={os}>{shortSystem(os) || UNKNOWN}</span> },
  { id: 'version', title: texts.list.version, width: 96, priority: 7, sort: 'version', text: ({ version }) => version, cell: ({ version }) => <Version version={version} newest={newest} /> },
  {
    id: 'lastSeen',
    title: texts.list.lastSeen,
    width: 104,
    priority: 5,
    sort: 'lastSeen',
    newestFirst: true,
    text: ({ lastSeen }) => lastSeen,
    cell: ({ status, lastSeen }) => <span className="text-text-2">{status === 'online' ? texts.list.now : <Ago at={lastSeen} />}</span>,
  },
  {
    id: 'user',
    title: texts.list.user,
    width: 130,
    priority: 2,
    text: ({ userName, userId }) => userName ?? userId,
    cell: ({ userName, userId }) => <span title={userName ?? userId}>{userName ?? (userId || UNKNOWN)}</span>,
  },
  {
    id: 'location',
    title: texts.list.location,
    width: 130,
    priority: 3,
    text: ({ location }) => place(location),
    cell: ({ location }) => (
      <span className="text-text-3" title={place(location)}>
        {place(location) || UNKNOWN}
      </span>
    ),
  },
]
