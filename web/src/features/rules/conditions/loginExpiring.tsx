import { limits } from '@/api/__generated__/limits'
import type { AlertPer, LoginExpiringConfig } from '@/api/types'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'
import { wrongNumber, wrongPer } from './wrong'

interface Draft extends PeersDraft {
  hours: string
  alertPer: AlertPer
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="hours" label={texts.loginExpiring.howLongBeforeExpires} hint={texts.loginExpiring.howLongBeforeExpiresHint} />
      <AlertPerField {...props} becomes={texts.loginExpiring.mustSignInSoon} />
      <PeersFields {...props} />
    </>
  )
}

export const loginExpiring: ConditionKind<Draft, LoginExpiringConfig> = {
  blank: () => ({ hours: '24', alertPer: 'peer', ...everyPeer() }),
  draftOf: ({ hours, alertPer = 'peer', ...peers }) => ({ hours: String(hours), alertPer, ...peersOf(peers) }),
  wrong: ({ hours, alertPer, ...peers }) => ({ ...wrongNumber('hours', hours, limits.LoginExpiringConfig.hours, 'hours'), ...wrongPer(alertPer, peers.groups), ...wrongPeers(peers) }),
  toConfig: ({ hours, alertPer, ...peers }) => ({ hours: Number(hours), alertPer, ...toPeers(peers) }),
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  Fields,
}
