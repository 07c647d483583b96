import type { Peer } from '@/api/types'
import { Lasting } from '@/components/Time'

/** How long the peer has been as it is. */
export function Since({ peer }: { peer: Peer }) {
  switch (peer.status) {
    case 'online':
      return (
        <>
          since <Lasting at={peer.since} brief />
        </>
      )
    case 'offline':
      return (
        <>
          for <Lasting at={peer.since} />
        </>
      )
    case 'unconfirmed':
      return (
        <>
          for <Lasting at={peer.since} brief />
        </>
      )
  }
}
