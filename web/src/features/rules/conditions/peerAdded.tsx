import { limits } from '@/api/__generated__/limits'
import type { AlertPer, PeerAddedConfig } from '@/api/types'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongNumber, wrongPer } from './wrong'

interface Draft extends PeersDraft {
  window: string
  alertPer: AlertPer
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="window" label={texts.peerAdded.peerNewForIn} hint={texts.peerAdded.peerNewForInHint} />
      <AlertPerField {...props} becomes="joins" />
      <PeersFields {...props} />
    </>
  )
}

export const peerAdded: ConditionKind<Draft, PeerAddedConfig> = {
  blank: () => ({ window: '60', alertPer: 'peer', ...everyPeer() }),
  draftOf: ({ window, alertPer = 'peer', ...peers }) => ({ window: String(window), alertPer, ...peersOf(peers) }),
  wrong: ({ window, alertPer, ...peers }) => ({ ...wrongNumber('window', window, limits.PeerAddedConfig.window, 'minutes'), ...wrongPer(alertPer, peers.groups), ...wrongPeers(peers) }),
  toConfig: ({ window, alertPer, ...peers }) => ({ window: Number(window), alertPer, ...toPeers(peers) }),
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  onlyNew: true,
  Fields,
}
