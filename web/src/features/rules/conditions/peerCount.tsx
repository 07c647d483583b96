import type { CountedStatus, CountOperator, PeerCountConfig } from '@/api/types'
import { SelectField } from '@/components/ui/Field'
import { wholeNumber } from './wholeNumber'
import { GroupsField, NumberField } from './fields'
import type { ConditionKind, FieldsProps } from './kind'
import { OPERATORS } from './operators'
import { BLANK, placeOf } from './words'
import { someGroups, wrongGroups } from './wrong'

interface Draft {
  operator: CountOperator
  threshold: string
  status: CountedStatus
  groups: string[]
}

const COUNTED = { any: 'peers', online: 'online peers', offline: 'offline peers' } as const

function Fields(props: FieldsProps<Draft>) {
  const { draft, errorOf, change } = props
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <SelectField label="Count" value={draft.status} error={errorOf('status')} onChange={(event) => change({ status: event.target.value as CountedStatus })}>
          <option value="online">{COUNTED.online}</option>
          <option value="offline">{COUNTED.offline}</option>
          <option value="any">all peers</option>
        </SelectField>
        <SelectField label="When their number" value={draft.operator} error={errorOf('operator')} onChange={(event) => change({ operator: event.target.value as CountOperator })}>
          {Object.entries(OPERATORS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <NumberField {...props} of="threshold" label="Number of peers" />
      </div>
      <GroupsField {...props} />
    </>
  )
}

export const peerCount: ConditionKind<Draft, PeerCountConfig> = {
  blank: () => ({ operator: 'less_than', threshold: '1', status: 'online', groups: [] }),
  draftOf: ({ operator, threshold, status = 'any', groups = [] }) => ({ operator, threshold: String(threshold), status, groups: [...groups] }),
  wrong: ({ threshold, groups }) => ({
    ...(wholeNumber(threshold, 0) === undefined && { threshold: 'Enter a whole number, 0 or more.' }),
    ...wrongGroups(groups),
  }),
  toConfig: ({ operator, threshold, status, groups }) => ({ operator, threshold: Number(threshold), status, ...someGroups(groups) }),
  clause: ({ operator, threshold, status, groups }) => `the number of ${COUNTED[status]} of ${placeOf(groups)} ${OPERATORS[operator]} ${wholeNumber(threshold, 0) ?? BLANK}`,
  Fields,
}
