import { limits } from '@/api/__generated__/limits'
import type { AlertPer, PeerOfflineConfig } from '@/api/types'
import { Checkbox } from '@/components/ui/Field'
import { texts } from './texts'
import { wholeNumber } from './wholeNumber'
import { everyPeer, peersOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { wrongPer } from './wrong'

interface Draft extends PeersDraft {
  threshold: string
  duration: string
  countUnconfirmed: boolean
  alertPer: AlertPer
}

const LONGEST = limits.PeerOfflineConfig.duration.maximum

/** Whether each peer may have an alert: where several are needed, it is of as many. */
const mayTellEach = ({ threshold }: Draft): boolean => wholeNumber(threshold, 1) === 1

const alertPerOf = (draft: Draft): AlertPer => (draft.alertPer === 'peer' && !mayTellEach(draft) ? 'rule' : draft.alertPer)

function Fields(props: FieldsProps<Draft>) {
  const { draft, change } = props
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField {...props} of="threshold" label={texts.peerOffline.howManyPeersAt} />
        <NumberField {...props} of="duration" label={texts.peerOffline.offlineForInMinutes} hint={texts.peerOffline.offlineForInMinutesHint} />
      </div>
      <AlertPerField {...props} {...(mayTellEach(draft) && { becomes: texts.peerOffline.goesOffline })} />
      <Checkbox
        label={texts.peerOffline.countUnconfirmedPeersAs}
        hint={texts.peerOffline.countUnconfirmedPeersAsHint}
        checked={draft.countUnconfirmed}
        onChange={(countUnconfirmed) => change({ countUnconfirmed })}
      />
      <PeersFields {...props} />
    </>
  )
}

export const peerOffline: ConditionKind<Draft, PeerOfflineConfig> = {
  blank: () => ({ threshold: '1', duration: '5', countUnconfirmed: false, alertPer: 'peer', ...everyPeer() }),
  draftOf: ({ threshold = 1, duration, countUnconfirmed = false, alertPer = 'rule', ...peers }) => ({
    threshold: String(threshold),
    duration: String(duration),
    countUnconfirmed,
    alertPer,
    ...peersOf(peers),
  }),
  wrong: ({ threshold, duration, alertPer, ...peers }) => ({
    ...(wholeNumber(threshold, limits.PeerOfflineConfig.threshold.minimum) === undefined && { threshold: texts.peerOffline.enterWholeNumber }),
    ...(wholeNumber(duration, 0, LONGEST) === undefined && { duration: texts.peerOffline.enterWholeMinutes({ longest: LONGEST }) }),
    ...wrongPer(alertPer, peers.groups),
    ...wrongPeers(peers),
  }),
  toConfig: (draft) => ({
    threshold: Number(draft.threshold),
    duration: Number(draft.duration),
    ...toPeers(draft),
    countUnconfirmed: draft.countUnconfirmed,
    alertPer: alertPerOf(draft),
  }),
  tellsEach: (draft) => alertPerOf(draft) === 'peer',
  Fields,
}
