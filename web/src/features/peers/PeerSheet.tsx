import { Link } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import type { Peer, PeerDetail } from '@/api/types'
import { AccessLinks } from '@/components/AccessMenu'
import { NoSuch } from '@/components/NoSuch'
import { Bone, SkeletonRows } from '@/components/Skeleton'
import { Failed } from '@/components/states'
import { PeerMark } from '@/components/status'
import { buttonClass } from '@/components/ui/Button'
import { Sheet } from '@/components/ui/Dialog'
import { PeerFacts } from './PeerFacts'
import { Since } from './Since'
import { texts } from './texts'
import type { OpenedPeer } from './useOpenedPeer'

function About({ peer }: { peer: Peer | PeerDetail }) {
  return (
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
  )
}

function Content({ peer, isMissing, error, retrying, retry }: OpenedPeer) {
  if (peer) return <About peer={peer} />
  if (isMissing) {
    return (
      <NoSuch what={texts.page.noSuch} to="/peers">
        {texts.page.whyNoSuch}
      </NoSuch>
    )
  }
  if (error) return <Failed error={error} what={texts.page.thePeer} retrying={retrying} onRetry={retry} />
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-4">
      <p role="status" className="sr-only">
        {texts.sheet.loading}
      </p>
      <Bone className="h-5 w-40" />
      <SkeletonRows rows={8} />
    </div>
  )
}

interface PeerSheetProps {
  opened: OpenedPeer
  open: boolean
  onClose: () => void
}

/** Everything that is known about one peer, beside the list. */
export function PeerSheet({ opened, open, onClose }: PeerSheetProps) {
  return (
    <Sheet
      side="right"
      open={open}
      title={opened.peer?.name ?? texts.sheet.title}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Content {...opened} />
    </Sheet>
  )
}
