import { limits } from '@/api/__generated__/limits'
import type { AlertPer, PeerOfflineConfig } from '@/api/types'
import { Checkbox } from '@/components/ui/Field'
import { wholeNumber } from './wholeNumber'
import { AlertPerField, GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { BLANK, lasting, minutes, placeOf } from './words'
import { someGroups, wrongGroups } from './wrong'

interface Draft {
  threshold: string
  duration: string
  countUnconfirmed: boolean
  /** What an alert is of, where one peer is enough. */
  alertPer: AlertPer
  groups: string[]
}

const LONGEST = limits.PeerOfflineConfig.duration.maximum

/** Whether each peer may have an alert: where several are needed, it is of all of them. */
const mayTellEach = ({ threshold }: Draft): boolean => wholeNumber(threshold, 1) === 1

function Fields(props: FieldsProps<Draft>) {
  const { draft, change } = props
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField {...props} of="threshold" label="How many peers, at least" />
        <NumberField {...props} of="duration" label="Offline for, in minutes" hint="0 alerts immediately. NetBird itself notices a cut link after up to 150 s." />
      </div>
      {mayTellEach(draft) && <AlertPerField {...props} becomes="goes offline" />}
      <Checkbox
        label="Count unconfirmed peers as offline"
        hint="Peers that NetBird calls connected, but that did not come back after its server restarted."
        checked={draft.countUnconfirmed}
        onChange={(countUnconfirmed) => change({ countUnconfirmed })}
      />
      <GroupsField {...props} />
    </>
  )
}

export const peerOffline: ConditionKind<Draft, PeerOfflineConfig> = {
  blank: () => ({ threshold: '1', duration: '5', countUnconfirmed: false, alertPer: 'peer', groups: [] }),
  draftOf: ({ threshold = 1, duration, countUnconfirmed = false, alertPer = 'rule', groups = [] }) => ({
    threshold: String(threshold),
    duration: String(duration),
    countUnconfirmed,
    alertPer,
    groups: [...groups],
  }),
  wrong: ({ threshold, duration, groups }) => ({
    ...(wholeNumber(threshold, limits.PeerOfflineConfig.threshold.minimum) === undefined && { threshold: 'Enter a whole number, 1 or more.' }),
    ...(wholeNumber(duration, 0, LONGEST) === undefined && { duration: `Enter whole minutes, 0 to ${LONGEST} (7 days).` }),
    ...wrongGroups(groups),
  }),
  toConfig: (draft) => ({
    threshold: Number(draft.threshold),
    duration: Number(draft.duration),
    ...someGroups(draft.groups),
    countUnconfirmed: draft.countUnconfirmed,
    alertPer: mayTellEach(draft) ? draft.alertPer : 'rule',
  }),
  clause: (draft) => {
    const threshold = wholeNumber(draft.threshold, 1)
    const network = placeOf(draft.groups)
    const several = `${threshold === 1 ? 'one' : (threshold ?? BLANK)} or more peers of ${network} are`
    const who = threshold === 1 && draft.alertPer === 'peer' ? `any peer of ${network} is` : several
    const length = minutes(draft.duration)
    return `${who} offline${length === 0 ? '' : ` for ${lasting(length)}`}`
  },
  tellsEach: (draft) => mayTellEach(draft) && draft.alertPer === 'peer',
  Fields,
}
