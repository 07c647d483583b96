import { limits } from '@/api/__generated__/limits'
import type { AlertPer, PeerOfflineConfig } from '@/api/types'
import { Checkbox } from '@/components/ui/Field'
import { wholeNumber } from './wholeNumber'
import { everyPeer, peersOf, placeOf, toPeers, wrongPeers, type PeersDraft } from './peers'
import { PeersFields } from './PeersFields'
import { AlertPerField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { BLANK, groupByGroup, lasting, minutes } from './words'
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
        <NumberField {...props} of="threshold" label="How many peers, at least" />
        <NumberField {...props} of="duration" label="Offline for, in minutes" hint="0 alerts immediately. NetBird itself notices a cut link after up to 150 s." />
      </div>
      <AlertPerField {...props} {...(mayTellEach(draft) && { becomes: 'goes offline' })} />
      <Checkbox
        label="Count unconfirmed peers as offline"
        hint="Peers that NetBird calls connected, but that did not come back after its server restarted."
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
    ...(wholeNumber(threshold, limits.PeerOfflineConfig.threshold.minimum) === undefined && { threshold: 'Enter a whole number, 1 or more.' }),
    ...(wholeNumber(duration, 0, LONGEST) === undefined && { duration: `Enter whole minutes, 0 to ${LONGEST} (7 days).` }),
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
  clause: (draft) => {
    const threshold = wholeNumber(draft.threshold, 1)
    const place = placeOf(draft)
    const several = `${threshold === 1 ? 'one' : (threshold ?? BLANK)} or more peers${place} are`
    const who = alertPerOf(draft) === 'peer' ? `any peer${place} is` : several
    const length = minutes(draft.duration)
    return `${who} offline${length === 0 ? '' : ` for ${lasting(length)}`}${groupByGroup(draft.alertPer)}`
  },
  tellsEach: (draft) => alertPerOf(draft) === 'peer',
  Fields,
}
