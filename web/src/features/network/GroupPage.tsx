import { getRouteApi, Link } from '@tanstack/react-router'
import type { GroupDetail } from '@/api/types'
import { AccessLinks } from '@/components/AccessMenu'
import { Fact } from '@/components/Fact'
import { ItemLink } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { PeerMark } from '@/components/status'
import { Card } from '@/components/ui/Card'
import { groupInAddress } from '@/lib/groupInAddress'
import { grouped } from '@/lib/numbers'
import { useGroup } from '@/queries/items'
import { useGroupPeers } from '@/queries/peers'
import { issued } from './groupWords'
import { texts } from './texts'

const route = getRouteApi('/frame/groups/$id')

/** So many are named; the list has all of them. */
const PEERS = 10

function Peers({ group: { id, name, accountId, peersCount } }: { group: GroupDetail }) {
  const query = useGroupPeers(name, accountId, PEERS)
  return (
    <Card
      title={texts.groups.peers}
      note={grouped(peersCount)}
      action={
        peersCount > 0 && (
          <Link to="/peers" search={{ group: [groupInAddress({ id, name })], account: accountId }} className="text-accent-text hover:underline touch:py-3">
            {peersCount > 1 ? texts.groups.allPeers({ count: peersCount }) : texts.groups.inTheList}
          </Link>
        )
      }
    >
      <Loaded query={query} what={texts.groups.thePeers} skeleton={<SkeletonRows rows={Math.min(PEERS, Math.max(1, peersCount))} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-4 pt-1 pb-3 text-13 text-text-2">{texts.groups.noPeer}</p>
          ) : (
            <ul className="pb-1 text-13">
              {items.map((peer) => (
                <li key={peer.id} className="relative flex items-center gap-3 border-t border-line px-4 row-h first:border-t-0 focus-within:bg-surface-2 hover:bg-surface-2">
                  <span className="flex w-32 shrink-0">
                    <PeerMark peer={peer} />
                  </span>
                  <ItemLink kind="peer" id={peer.id} of={peer.accountId} className="min-w-0 truncate font-medium after:absolute after:inset-0 hover:underline" title={peer.name}>
                    {peer.name}
                  </ItemLink>
                  <span className="ml-auto font-mono text-12 text-text-3">{peer.ip}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

const parts = (group: GroupDetail): ItemParts => ({
  name: group.name,
  actions: <AccessLinks of={group.accountId} end={{ kind: 'group', id: group.id }} />,
  facts: (
    <>
      <Fact label={texts.groups.peers}>{grouped(group.peersCount)}</Fact>
      <Fact label={texts.groups.resources}>{grouped(group.resourcesCount)}</Fact>
      <Fact label={texts.origin}>{issued(group.issued)}</Fact>
    </>
  ),
  cards: <Peers group={group} />,
})

/** A group: its peers, and all that names it. */
export function GroupPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="group" query={useGroup(id, of)} parts={parts} />
}
