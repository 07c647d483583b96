import { limits } from '@/api/__generated__/limits'
import type { AlertPer, PeerInactiveConfig } from '@/api/types'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongNumber, wrongPer } from './wrong'

interface Draft extends PeersDraft {
  days: string
  alertPer: AlertPer
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="days" label={texts.peerInactive.awayForInDays} hint={texts.peerInactive.awayForInDaysHint} />
      <AlertPerField {...props} becomes={texts.peerInactive.awayForSoLong} />
      <PeersFields {...props} />
    </>
  )
}

export const peerInactive: ConditionKind<Draft, PeerInactiveConfig> = {
  blank: () => ({ days: '30', alertPer: 'peer', ...everyPeer() }),
  draftOf: ({ days, alertPer = 'rule', ...peers }) => ({ days: String(days), alertPer, ...peersOf(peers) }),
  wrong: ({ days, alertPer, ...peers }) => ({ ...wrongNumber('days', days, limits.PeerInactiveConfig.days, 'days'), ...wrongPer(alertPer, peers.groups), ...wrongPeers(peers) }),
  toConfig: ({ days, alertPer, ...peers }) => ({ days: Number(days), alertPer, ...toPeers(peers) }),
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  Fields,
}
