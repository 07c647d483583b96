import type { Peer } from '@/api/types'
import { Lasting } from '@/components/Time'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

/** How long the peer has been as it is. */
export function Since({ peer }: { peer: Peer }) {
  switch (peer.status) {
    case 'online':
      return phrase(texts.since, { lasting: <Lasting at={peer.since} brief /> })
    case 'offline':
      return phrase(texts.for, { lasting: <Lasting at={peer.since} /> })
    case 'unconfirmed':
      return phrase(texts.for, { lasting: <Lasting at={peer.since} brief /> })
  }
}
