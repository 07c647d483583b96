import { ArrowLeftRight, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { Rota, RotaInput } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import type { FieldErrors } from '@/components/formErrors'
import { RequestFailure } from '@/components/RequestFailure'
import { Button, IconButton } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Dialog, DialogActions } from '@/components/ui/Dialog'
import { SelectField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { DAY, HOUR } from '@/lib/time'
import { fieldIn, momentOfField } from '@/lib/zones'
import { useUpdateRota } from '@/queries/rotas'
import { Absent } from './Absent'
import { PersonOptions, usePersonChoices } from './PersonChoices'
import { LIMITS, shownZone, withOverride, withoutOverride, type OverrideDraft } from './rotaDraft'
import { spanWords } from '@/components/calendar/words'
import { texts } from './texts'

/** What is wrong with it, by its own fields: where it is in the request is for the request to know. */
function wrong({ userId, from, to }: OverrideDraft, zone: string): FieldErrors {
  const errors: Record<string, string> = {}
  const [begins, ends] = [momentOfField(zone, from), momentOfField(zone, to)]
  if (userId === '') errors['/userId'] = texts.wrong.chooseWhoStandsIn
  if (begins === undefined) errors['/from'] = texts.wrong.enterWhenBegins
  if (ends === undefined) errors['/to'] = texts.wrong.enterWhenEnds
  else if (ends <= Date.now()) errors['/to'] = texts.wrong.endMustBeIn
  else if (begins !== undefined && ends <= begins) errors['/to'] = texts.wrong.endMustBeAfter
  return errors
}

function AddOverride({ rota, onClose }: { rota: Rota; onClose: () => void }) {
  const zone = shownZone(rota)
  const at = `/overrides/${rota.overrides.length}`
  const mutation = useUpdateRota(rota)
  const [initial] = useState((): OverrideDraft => {
    const nextHour = Math.ceil(Date.now() / HOUR) * HOUR
    return { userId: '', from: fieldIn(zone, nextHour), to: fieldIn(zone, nextHour + DAY) }
  })
  const choices = usePersonChoices(rota.people)
  const { form, draft, errors, change } = useForm<OverrideDraft, RotaInput, Rota>({
    initial,
    validate: (given) => Object.fromEntries(Object.entries(wrong(given, zone)).map(([field, problem]) => [at + field, problem])),
    mutation,
    request: ({ userId, from, to }) => withOverride(rota, { userId, from: iso(zone, from), to: iso(zone, to) }),
    pointers: { userId: `${at}/userId`, from: `${at}/from`, to: `${at}/to` },
    onSuccess: () => {
      announce(texts.addOverride.overrideWasAdded)
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={texts.addOverride.title}
      description={texts.addOverride.somebodyStandsInFor({ zone: zone.replaceAll('_', ' ') })}
    >
      <form {...form} className="flex flex-col gap-4">
        <RequestFailure error={mutation.error} title={texts.addOverride.failed} fields={[at]} />
        <SelectField label={texts.addOverride.whoStandsIn} value={draft.userId} error={errors[`${at}/userId`]} onChange={(event) => change({ userId: event.target.value })}>
          <option value="">{texts.addOverride.chooseSomebody}</option>
          <PersonOptions choices={choices} />
        </SelectField>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label={texts.addOverride.from} type="datetime-local" value={draft.from} error={errors[`${at}/from`]} onChange={(event) => change({ from: event.target.value })} />
          <TextField label={texts.addOverride.to} type="datetime-local" value={draft.to} error={errors[`${at}/to`]} onChange={(event) => change({ to: event.target.value })} />
        </div>
        <DialogActions>
          <Button onClick={onClose}>{texts.addOverride.cancel}</Button>
          <Button type="submit" variant="primary" busy={mutation.isPending}>
            {texts.addOverride.title}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

const iso = (zone: string, field: string): string => new Date(momentOfField(zone, field) ?? 0).toISOString()

/** Who stands in for somebody, and when. */
export function Overrides({ rota }: { rota: Rota }) {
  const [adds, setAdds] = useState(false)
  const remove = useUpdateRota(rota)
  const mayWrite = useCan('rules:write')
  const zone = shownZone(rota)
  const { overrides } = rota
  const isFull = overrides.length >= LIMITS.overrides
  const action = mayWrite && (
    <Button icon={Plus} disabled={isFull} onClick={() => setAdds(true)}>
      {texts.overrides.addOverride}
    </Button>
  )
  return (
    <Card title={texts.overrides.title} className="min-w-0 lg:flex-1" action={action}>
      {overrides.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-13 text-text-3">{texts.overrides.noneAddOneWhen}</p>
      ) : (
        <ul aria-label={texts.overrides.title} className="pb-2">
          {overrides.map(({ id, user, from, to }) => (
            <li key={id} className="flex items-start gap-3 border-t border-line px-4 py-2 first:border-t-0">
              <ArrowLeftRight aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
              <div className="min-w-0 flex-1">
                <p className="text-14 wrap-anywhere">
                  {user.name} <Absent person={user} />
                </p>
                <p className="text-13 text-text-3">{spanWords(from, to, zone)}</p>
              </div>
              {mayWrite && (
                <IconButton
                  label={texts.overrides.removeOverride({ name: user.name, span: spanWords(from, to, zone) })}
                  icon={X}
                  onClick={() => {
                    if (!remove.isPending) remove.mutate(withoutOverride(rota, id), { onSuccess: () => announce(texts.overrides.overrideWasRemoved({ name: user.name })), onError: announceFailure })
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {isFull && <p className="px-4 pb-3 text-12 text-text-3">{texts.overrides.rotaHasAtMost({ overrides: LIMITS.overrides })}</p>}
      {adds && <AddOverride rota={rota} onClose={() => setAdds(false)} />}
    </Card>
  )
}
