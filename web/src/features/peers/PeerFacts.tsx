import type { Peer, PeerDetail } from '@/api/types'
import { Fact } from '@/components/Fact'
import { ItemLink, Refs } from '@/components/items/ItemLink'
import { Absolute } from '@/components/Time'
import { Tag } from '@/components/ui/Badge'
import { CopyButton } from '@/components/ui/CopyButton'

const switched = (value: boolean | null | undefined): string => ({ true: 'on', false: 'off', unknown: 'unknown' })[`${value ?? 'unknown'}`]

/** Everything that NetBird tells of a peer. */
export function PeerFacts({ peer }: { peer: Peer | PeerDetail }) {
  const place = [peer.location.city, peer.location.country].filter(Boolean).join(', ')
  return (
    <>
      <dl className="flex flex-col gap-2">
        <Fact label="IP" mono>
          {peer.ip}
        </Fact>
        {peer.ipv6 && (
          <Fact label="IPv6" mono>
            {peer.ipv6}
          </Fact>
        )}
        <Fact label="DNS name" mono>
          {peer.dnsLabel}
        </Fact>
        <Fact label="Host name" mono>
          {peer.hostname}
        </Fact>
        <Fact label="Connects from" mono>
          {peer.connectionIp}
        </Fact>
        <Fact label="Location">{place}</Fact>
        <Fact label="Groups">
          {'groupRefs' in peer
            ? peer.groupRefs.length > 0 && <Refs kind="group" refs={peer.groupRefs} of={peer.accountId} />
            : peer.groups.length > 0 && (
                <span className="flex flex-wrap gap-1">
                  {peer.groups.map((name) => (
                    <Tag key={name}>{name}</Tag>
                  ))}
                </span>
              )}
        </Fact>
        <Fact label="Account">{peer.accountName}</Fact>
        <Fact label="User" mono={!peer.userName}>
          {peer.userId ? (
            <ItemLink kind="user" id={peer.userId} of={peer.accountId} title={peer.userId} className="text-accent-text hover:underline">
              {peer.userName || peer.userId}
            </ItemLink>
          ) : (
            peer.userName || 'none: joined with a setup key'
          )}
        </Fact>
        <Fact label="System">{[peer.os, peer.kernelVersion].filter(Boolean).join(', ')}</Fact>
        <Fact label="NetBird">{peer.version}</Fact>
        <Fact label={peer.status === 'online' ? 'Connected since' : 'Last seen'}>
          <Absolute at={peer.lastSeen} />
        </Fact>
        <Fact label="Last login">{peer.lastLogin && <Absolute at={peer.lastLogin} />}</Fact>
        <Fact label="Joined">{peer.createdAt && <Absolute at={peer.createdAt} />}</Fact>
        <Fact label="SSH server">{switched(peer.sshEnabled)}</Fact>
        <Fact label="DNS">{switched(peer.dnsEnabled)}</Fact>
        <Fact label="Firewall">{switched(peer.firewallEnabled)}</Fact>
        <Fact label="Ephemeral">{peer.ephemeral ? 'yes: NetBird removes it after it disconnects' : 'no'}</Fact>
      </dl>
      {peer.status === 'unconfirmed' && (
        <p className="rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
          NetBird still reports this peer as connected, but it did not come back after the management server restarted. It may be gone.
        </p>
      )}
      <div>
        <CopyButton text={JSON.stringify(peer, null, 2)} what="peer as JSON" />
      </div>
    </>
  )
}
