import type { Peer, PeerDetail } from '@/api/types'
import { Fact } from '@/components/Fact'
import { ItemLink, Refs } from '@/components/items/ItemLink'
import { Absolute } from '@/components/Time'
import { Tag } from '@/components/ui/Badge'
import { CopyButton } from '@/components/ui/CopyButton'
import { texts } from './texts'

const switched = (value: boolean | null | undefined): string => (value ? texts.facts.on : value === false ? texts.facts.off : texts.facts.unknown)

/** Everything that NetBird tells of a peer. */
export function PeerFacts({ peer }: { peer: Peer | PeerDetail }) {
  const place = [peer.location.city, peer.location.country].filter(Boolean).join(', ')
  return (
    <>
      <dl className="flex flex-col gap-2">
        <Fact label={texts.list.ip} mono>
          {peer.ip}
        </Fact>
        {peer.ipv6 && (
          <Fact label={texts.facts.ipv6} mono>
            {peer.ipv6}
          </Fact>
        )}
        <Fact label={texts.facts.dnsName} mono>
          {peer.dnsLabel}
        </Fact>
        <Fact label={texts.facts.hostName} mono>
          {peer.hostname}
        </Fact>
        <Fact label={texts.facts.connectsFrom} mono>
          {peer.connectionIp}
        </Fact>
        <Fact label={texts.list.location}>{place}</Fact>
        <Fact label={texts.list.groups}>
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
        <Fact label={texts.list.account}>{peer.accountName}</Fact>
        <Fact label={texts.list.user} mono={!peer.userName}>
          {peer.userId ? (
            <ItemLink kind="user" id={peer.userId} of={peer.accountId} title={peer.userId} className="text-accent-text hover:underline">
              {peer.userName || peer.userId}
            </ItemLink>
          ) : (
            peer.userName || texts.facts.noUser
          )}
        </Fact>
        <Fact label={texts.facts.system}>{[peer.os, peer.kernelVersion].filter(Boolean).join(', ')}</Fact>
        <Fact label={texts.facts.netbird}>{peer.version}</Fact>
        <Fact label={peer.status === 'online' ? texts.facts.connectedSince : texts.list.lastSeen}>
          <Absolute at={peer.lastSeen} />
        </Fact>
        <Fact label={texts.facts.lastLogin}>{peer.lastLogin && <Absolute at={peer.lastLogin} />}</Fact>
        <Fact label={texts.facts.joined}>{peer.createdAt && <Absolute at={peer.createdAt} />}</Fact>
        <Fact label={texts.facts.ssh}>{switched(peer.sshEnabled)}</Fact>
        <Fact label={texts.facts.dns}>{switched(peer.dnsEnabled)}</Fact>
        <Fact label={texts.facts.firewall}>{switched(peer.firewallEnabled)}</Fact>
        <Fact label={texts.facts.ephemeral}>{peer.ephemeral ? texts.facts.isEphemeral : texts.facts.isNotEphemeral}</Fact>
      </dl>
      {peer.status === 'unconfirmed' && (
        <p className="rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
          {texts.facts.unconfirmed}
        </p>
      )}
      <div>
        <CopyButton text={JSON.stringify(peer, null, 2)} what={texts.facts.json} />
      </div>
    </>
  )
}
