import type { AlertPer, CountedStatus, CountOperator, PeerCountConfig } from '@/api/types'
import { SelectField } from '@/components/ui/Field'
import { texts } from './texts'
import { wholeNumber } from './wholeNumber'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { OPERATORS } from './operators'
import { wrongPer } from './wrong'

interface Draft extends PeersDraft {
  operator: CountOperator
  threshold: string
  status: CountedStatus
  alertPer: AlertPer
}

function Fields(props: FieldsProps<Draft>) {
  const { draft, errorOf, change } = props
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <SelectField label={texts.peerCount.count} value={draft.status} error={errorOf('status')} onChange={(event) => change({ status: event.target.value as CountedStatus })}>
          <option value="online">{texts.peerCount.online}</option>
          <option value="offline">{texts.peerCount.offline}</option>
          <option value="any">{texts.peerCount.allPeers}</option>
        </SelectField>
        <SelectField label={texts.peerCount.whenTheirNumber} value={draft.operator} error={errorOf('operator')} onChange={(event) => change({ operator: event.target.value as CountOperator })}>
          {Object.entries(OPERATORS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <NumberField {...props} of="threshold" label={texts.peerCount.numberPeers} />
      </div>
      <PeersFields {...props} />
      <AlertPerField {...props} />
    </>
  )
}

export const peerCount: ConditionKind<Draft, PeerCountConfig> = {
  blank: () => ({ operator: 'less_than', threshold: '1', status: 'online', alertPer: 'rule', ...everyPeer() }),
  draftOf: ({ operator, threshold, status = 'any', alertPer = 'rule', ...peers }) => ({ operator, threshold: String(threshold), status, alertPer, ...peersOf(peers) }),
  wrong: ({ threshold, alertPer, ...peers }) => ({
    ...(wholeNumber(threshold, 0) === undefined && { threshold: texts.peerCount.enterWholeNumber }),
    ...wrongPer(alertPer, peers.groups),
    ...wrongPeers(peers),
  }),
  toConfig: ({ operator, threshold, status, alertPer, ...peers }) => ({ operator, threshold: Number(threshold), status, alertPer, ...toPeers(peers) }),
  Fields,
}
