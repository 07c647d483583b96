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
import { PeopleField } from './PeopleField'
import { LIMITS, toRequest, validate, WEEKDAYS, type RotaDraft, type Weekday } from './rotaDraft'
import { texts } from './texts'

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
      <Card title={texts.rotaForm.title}>
        <div className="flex flex-col gap-4 p-4 pt-2">
          <TextField label={texts.rotaForm.name} maxLength={LIMITS.name} placeholder={texts.rotaForm.namePlaceholder} hint={texts.rotaForm.nameHint} value={draft.name} error={errors['/name']} onChange={(event) => change({ name: event.target.value })} />
          <PeopleField people={draft.people} errorOf={(index) => errors[index === undefined ? '/people' : `/people/${index}`]} onChange={(people) => change({ people })} />
        </div>
      </Card>
      <Card title={texts.rotaForm.whenHandedOver}>
        <div className="flex flex-col gap-4 p-4 pt-2">
          <div className="grid gap-4 sm:grid-cols-3">
            <SelectField label={texts.rotaForm.eachPersonsTurnLasts} value={draft.every} error={errors['/every']} onChange={(event) => change({ every: event.target.value as RotaDraft['every'] })}>
              <option value="week">{texts.rotaForm.week}</option>
              <option value="day">{texts.rotaForm.day}</option>
            </SelectField>
            {draft.every === 'week' && (
              <SelectField label={texts.rotaForm.handedOverOn} value={draft.weekday} error={errors['/handover/weekday']} onChange={(event) => change({ weekday: event.target.value as Weekday })}>
                {WEEKDAYS.map((day) => (
                  <option key={day} value={day}>
                    {wordsOf(day)}
                  </option>
                ))}
              </SelectField>
            )}
            <TextField label={texts.rotaForm.at} type="time" value={draft.time} error={errors['/handover/time']} onChange={(event) => change({ time: event.target.value })} />
          </div>
          <div className="grid gap-4 sm:grid-cols-2">
            <ZoneField hint={texts.rotaForm.hint} value={draft.timeZone} error={errors['/timeZone']} onChange={(timeZone) => change({ timeZone })} />
            <TextField label={texts.rotaForm.firstDay} type="date" hint={texts.rotaForm.firstDayHint} value={draft.startsOn} error={errors['/startsOn']} onChange={(event) => change({ startsOn: event.target.value })} />
          </div>
        </div>
      </Card>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" busy={mutation.isPending}>
          {action}
        </Button>
        {cancel}
        <p role="status" className="text-13 text-bad-text">
          {wrong > 0 && texts.rotaForm.correct({ wrong })}
        </p>
      </div>
    </form>
  )
}
