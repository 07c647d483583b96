import { limits } from '@/api/__generated__/limits'
import type { AlertPer, GroupHealthConfig } from '@/api/types'
import { texts } from './texts'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { wrongNumber, wrongPer } from './wrong'

interface Draft extends PeersDraft {
  percent: string
  alertPer: AlertPer
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="percent" label={texts.groupHealth.onlineAtLeastIn} hint={texts.groupHealth.onlineAtLeastInHint} />
      <PeersFields {...props} />
      <AlertPerField {...props} />
    </>
  )
}

export const groupHealth: ConditionKind<Draft, GroupHealthConfig> = {
  blank: () => ({ percent: '80', alertPer: 'rule', ...everyPeer() }),
  draftOf: ({ percent, alertPer = 'rule', ...peers }) => ({ percent: String(percent), alertPer, ...peersOf(peers) }),
  wrong: ({ percent, alertPer, ...peers }) => ({ ...wrongNumber('percent', percent, limits.GroupHealthConfig.percent, 'percent'), ...wrongPer(alertPer, peers.groups), ...wrongPeers(peers) }),
  toConfig: ({ percent, alertPer, ...peers }) => ({ percent: Number(percent), alertPer, ...toPeers(peers) }),
  Fields,
}
