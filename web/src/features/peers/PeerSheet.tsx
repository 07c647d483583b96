import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import type { Peer } from '@/api/types'
import { AccessLinks } from '@/components/AccessMenu'
import { PeerMark } from '@/components/status'
import { buttonClass } from '@/components/ui/Button'
import { Sheet } from '@/components/ui/Dialog'
import { PeerFacts } from './PeerFacts'
import { Since } from './Since'
import { texts } from './texts'

/** Everything that is known about one peer, beside the list. */
export function PeerSheet({ peer, onClose }: { peer: Peer | undefined; onClose: () => void }) {
  return (
    <Sheet
      side="right"
      open={peer !== undefined}
      title={peer?.name ?? texts.sheet.title}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      {peer && (
        <div className="flex flex-col gap-4 p-4">
          <p className="flex items-center gap-1.5 text-14">
            <PeerMark peer={peer} />
            <span className="text-text-3">
              <Since peer={peer} />
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <Link to="/peers/$peerId" params={{ peerId: peer.id }} search={{ of: peer.accountId }} className={buttonClass('secondary', 'flex-1')}>
              {texts.sheet.history}
              <ArrowRight aria-hidden className="size-4" />
            </Link>
            <AccessLinks of={peer.accountId} end={{ kind: 'peer', id: peer.id }} />
          </div>
          <PeerFacts peer={peer} />
        </div>
      )}
    </Sheet>
  )
}
