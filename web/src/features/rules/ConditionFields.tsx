import clsx from 'clsx'
import { Hash, MonitorX } from 'lucide-react'
import type { AlertPer, CountedStatus, CountOperator } from '@/api/types'
import { GroupPicker } from '@/components/GroupPicker'
import { Checkbox, SelectField, TextField } from '@/components/ui/Field'
import { errorAt, type DraftFields } from './draftFields'
import { mayTellEach } from './ruleDraft'
import { COUNTED, OPERATORS } from './ruleSentence'

const CONDITIONS = [
  { value: 'peer_offline', icon: MonitorX, label: 'Peers go offline', note: 'One or more peers have been offline for some time.' },
  { value: 'peer_count', icon: Hash, label: 'The number of peers', note: 'Compare the number of peers with a threshold.' },
] as const

function ConditionChoice({ draft, change }: DraftFields) {
  return (
    <fieldset>
      <legend className="mb-1 text-13 font-medium">Watch for</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {CONDITIONS.map(({ value, icon: Icon, label, note }) => (
          <label
            key={value}
            className={clsx(
              'flex cursor-pointer items-start gap-3 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text',
              draft.conditionType === value ? 'border-accent-text bg-accent-soft' : 'border-line hover:border-line-strong',
            )}
          >
            <input
              type="radio"
              name="conditionType"
              aria-label={label}
              className="sr-only"
              checked={draft.conditionType === value}
              onChange={() => change({ conditionType: value })}
            />
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-2" />
            <span>
              <span className="block text-13 font-medium">{label}</span>
              <span className="block text-12 text-text-2">{note}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function OfflineFields({ draft, errors, change }: DraftFields) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="How many peers, at least"
          inputMode="numeric"
          value={draft.offlineThreshold}
          error={errorAt(errors, '/conditionConfig/threshold')}
          onChange={(event) => change({ offlineThreshold: event.target.value })}
        />
        <TextField
          label="Offline for, in minutes"
          inputMode="numeric"
          hint="0 alerts immediately. NetBird itself notices a cut link after up to 150 s."
          value={draft.duration}
          error={errorAt(errors, '/conditionConfig/duration')}
          onChange={(event) => change({ duration: event.target.value })}
        />
      </div>
      {mayTellEach(draft) && (
        <SelectField
          label="Open an alert"
          hint={draft.alertPer === 'peer' ? 'One that stays offline hides no other. Peers that go together are one alert and one message.' : 'What goes offline while the alert is open changes its numbers, and tells nobody.'}
          value={draft.alertPer}
          error={errorAt(errors, '/conditionConfig/alertPer')}
          onChange={(event) => change({ alertPer: event.target.value as AlertPer })}
        >
          <option value="peer">For every peer that goes offline</option>
          <option value="rule">One for all of them</option>
        </SelectField>
      )}
      <Checkbox
        label="Count unconfirmed peers as offline"
        hint="Peers that NetBird calls connected, but that did not come back after its server restarted."
        checked={draft.countUnconfirmed}
        onChange={(countUnconfirmed) => change({ countUnconfirmed })}
      />
    </>
  )
}

function CountFields({ draft, errors, change }: DraftFields) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <SelectField label="Count" value={draft.status} onChange={(event) => change({ status: event.target.value as CountedStatus })}>
        <option value="online">{COUNTED.online}</option>
        <option value="offline">{COUNTED.offline}</option>
        <option value="any">all peers</option>
      </SelectField>
      <SelectField label="When their number" value={draft.operator} onChange={(event) => change({ operator: event.target.value as CountOperator })}>
        {Object.entries(OPERATORS).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Number of peers"
        inputMode="numeric"
        value={draft.countThreshold}
        error={errorAt(errors, '/conditionConfig/threshold')}
        onChange={(event) => change({ countThreshold: event.target.value })}
      />
    </div>
  )
}

export function ConditionFields(fields: DraftFields) {
  const { draft, errors, change } = fields
  return (
    <div className="flex flex-col gap-4">
      <ConditionChoice {...fields} />
      {draft.conditionType === 'peer_offline' ? <OfflineFields {...fields} /> : <CountFields {...fields} />}
      <GroupPicker
        label="Only peers of these groups"
        hint="A peer of any of them counts. With none, all peers do. A group that is renamed later stays watched."
        accountId={draft.accountId || undefined}
        values={draft.groups}
        error={errorAt(errors, '/conditionConfig/groups')}
        onChange={(groups) => change({ groups })}
      />
      <details>
        <summary className="w-fit rounded-sm text-13 text-accent-text">Waiting times</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <TextField
            label="Wait before the alert opens, in minutes"
            inputMode="numeric"
            hint="The condition must hold this long without a break."
            value={draft.forMinutes}
            error={errorAt(errors, '/forMinutes')}
            onChange={(event) => change({ forMinutes: event.target.value })}
          />
          <TextField
            label="Keep it open afterwards, in minutes"
            inputMode="numeric"
            hint="Against alerts that come and go with a flapping peer."
            value={draft.keepFiringMinutes}
            error={errorAt(errors, '/keepFiringMinutes')}
            onChange={(event) => change({ keepFiringMinutes: event.target.value })}
          />
        </div>
      </details>
    </div>
  )
}
