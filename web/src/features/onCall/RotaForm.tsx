import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Rota, RotaInput, RotaOverride } from '@/api/types'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { SelectField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { ZoneField } from '@/components/ZoneField'
import { wordsOf } from '@/lib/named'
import { plural } from '@/lib/numbers'
import { PeopleField } from './PeopleField'
import { LIMITS, toRequest, validate, WEEKDAYS, type RotaDraft, type Weekday } from './rotaDraft'

const FIELDS = ['/name', '/people', '/every', '/handover', '/timeZone', '/startsOn']

const POINTERS = { time: '/handover/time', weekday: '/handover/weekday' } as const

interface RotaFormProps {
  initial: RotaDraft
  /** They are made elsewhere, and stay. */
  overrides: readonly RotaOverride[]
  mutation: UseMutationResult<Rota, Error, RotaInput>
  onSuccess: (rota: Rota) => void
  /** What the button does, in words. */
  action: string
  failed: string
  /** The way out. */
  cancel: ReactNode
}

/** A rota that is made, or changed. */
export function RotaForm({ initial, overrides, mutation, onSuccess, action, failed, cancel }: RotaFormProps) {
  const { form, draft, errors, change } = useForm({ initial, validate, mutation, request: toRequest(overrides), pointers: POINTERS, onSuccess })
  const wrong = Object.keys(errors).length
  return (
    <form {...form} className="flex max-w-3xl flex-col gap-4">
      <RequestFailure error={mutation.error} title={failed} fields={FIELDS} />
      <Card title="Who">
        <div className="flex flex-col gap-4 p-4 pt-2">
          <TextField label="Name" maxLength={LIMITS.name} placeholder="Night shift" hint="Channels name it." value={draft.name} error={errors['/name']} onChange={(event) => change({ name: event.target.value })} />
          <PeopleField people={draft.people} errorOf={(index) => errors[index === undefined ? '/people' : `/people/${index}`]} onChange={(people) => change({ people })} />
        </div>
      </Card>
      <Card title="When it is handed over">
        <div className="flex flex-col gap-4 p-4 pt-2">
          <div className="grid gap-4 sm:grid-cols-3">
            <SelectField label="Each person’s turn lasts" value={draft.every} error={errors['/every']} onChange={(event) => change({ every: event.target.value as RotaDraft['every'] })}>
              <option value="week">A week</option>
              <option value="day">A day</option>
            </SelectField>
            {draft.every === 'week' && (
              <SelectField label="Handed over on" value={draft.weekday} error={errors['/handover/weekday']} onChange={(event) => change({ weekday: event.target.value as Weekday })}>
                {WEEKDAYS.map((day) => (
                  <option key={day} value={day}>
                    {wordsOf(day)}
                  </option>
                ))}
              </SelectField>
            )}
            <TextField label="At" type="time" value={draft.time} error={errors['/handover/time']} onChange={(event) => change({ time: event.target.value })} />
          </div>
          <div className="grid gap-4 sm:grid-cols-2">
            <ZoneField hint="Its clocks count, also when they are changed." value={draft.timeZone} error={errors['/timeZone']} onChange={(timeZone) => change({ timeZone })} />
            <TextField label="First day" type="date" hint="The first person’s turn begins then." value={draft.startsOn} error={errors['/startsOn']} onChange={(event) => change({ startsOn: event.target.value })} />
          </div>
        </div>
      </Card>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" busy={mutation.isPending}>
          {action}
        </Button>
        {cancel}
        <p role="status" className="text-13 text-bad-text">
          {wrong > 0 && `${plural(wrong, 'field')} to correct`}
        </p>
      </div>
    </form>
  )
}
