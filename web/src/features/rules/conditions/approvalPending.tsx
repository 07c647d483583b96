import type { AlertPer, ApprovalPendingConfig } from '@/api/types'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongPer } from './wrong'

interface Draft extends PeersDraft {
  alertPer: AlertPer
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <AlertPerField {...props} becomes={texts.approvalPending.comesWait} />
      <PeersFields {...props} />
    </>
  )
}

export const approvalPending: ConditionKind<Draft, ApprovalPendingConfig> = {
  blank: () => ({ alertPer: 'peer', ...everyPeer() }),
  draftOf: ({ alertPer = 'peer', ...peers }) => ({ alertPer, ...peersOf(peers) }),
  wrong: ({ alertPer, ...peers }) => ({ ...wrongPer(alertPer, peers.groups), ...wrongPeers(peers) }),
  toConfig: ({ alertPer, ...peers }) => ({ alertPer, ...toPeers(peers) }),
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  undated: true,
  Fields,
}
