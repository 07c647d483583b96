import { limits } from '@/api/__generated__/limits'
import type { AlertPer, LoginExpiringConfig } from '@/api/types'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { lasting, groupByGroup, subjectOf } from './words'
import { wholeNumber } from './wholeNumber'
import { wrongNumber, wrongPer } from './wrong'

interface Draft extends PeersDraft {
  hours: string
  alertPer: AlertPer
}

function Fields(props: FieldsProps<Draft>) {
  return (
    <>
      <NumberField {...props} of="hours" label="How long before it expires, in hours" hint="Where logins last less than twice as long, it counts from when half of that is over. Peers whose login does not expire are not watched." />
      <AlertPerField {...props} becomes="must sign in soon" />
      <PeersFields {...props} />
    </>
  )
}

export const loginExpiring: ConditionKind<Draft, LoginExpiringConfig> = {
  blank: () => ({ hours: '24', alertPer: 'peer', ...everyPeer() }),
  draftOf: ({ hours, alertPer = 'peer', ...peers }) => ({ hours: String(hours), alertPer, ...peersOf(peers) }),
  wrong: ({ hours, alertPer, ...peers }) => ({ ...wrongNumber('hours', hours, limits.LoginExpiringConfig.hours, 'hours'), ...wrongPer(alertPer, peers.groups), ...wrongPeers(peers) }),
  toConfig: ({ hours, alertPer, ...peers }) => ({ hours: Number(hours), alertPer, ...toPeers(peers) }),
  clause: ({ hours, alertPer, ...peers }) => {
    const length = wholeNumber(hours, 0)
    return `${subjectOf(alertPer, peers, 'must', 'must')} sign in again within ${lasting(length === undefined ? undefined : length * 60)}${groupByGroup(alertPer)}`
  },
  tellsEach: ({ alertPer }) => alertPer === 'peer',
  Fields,
}
