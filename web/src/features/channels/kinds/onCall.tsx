import { Link } from '@tanstack/react-router'
import { ExternalLink, Plus } from 'lucide-react'
import { useCan } from '@/api/client'
import { Clock } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { SelectField } from '@/components/ui/Field'
import { useRotas } from '@/queries/rotas'
import type { ChannelKindForm, FieldsProps, Shown } from './kind'

interface OnCallDraft {
  rotaId: string
}

type OnCallShown = Shown<'on_call'>

/** In a tab of its own: what is typed here stays, and the new rota is there when somebody comes back. */
function NewRota() {
  return (
    <Link to="/on-call/new" target="_blank" className={buttonClass('secondary', 'mt-5.5 h-9! touch:h-11!')}>
      <Plus aria-hidden className="size-4" />
      New rota
      <ExternalLink role="img" aria-label="opens in a new tab" className="size-3 text-text-3" />
    </Link>
  )
}

function RotaPicker({ draft, shown, errorOf, change }: FieldsProps<OnCallDraft, OnCallShown>) {
  const { data: rotas, isError } = useRotas(useCan('rules:read'))
  const chosen = rotas?.find(({ id }) => id === draft.rotaId)
  const now = chosen && (chosen.onCall ? `${chosen.onCall.user.name} is on call now.` : 'Nobody is on call now.')
  const hint = isError ? 'The rotas could not be loaded. What was chosen stays.' : rotas?.length === 0 ? 'There is none yet: make one first.' : (now ?? 'It says who is on call when.')
  return (
    <div className="flex flex-wrap items-start gap-2">
      <SelectField label="Rota" className="min-w-40 flex-1" hint={hint} value={draft.rotaId} error={errorOf('rotaId')} onChange={(event) => change({ rotaId: event.target.value })}>
        <option value="">{rotas || isError ? 'Choose a rota' : 'Loading the rotas'}</option>
        {rotas?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {draft.rotaId !== '' && !chosen && <option value={draft.rotaId}>{shown?.rotaId === draft.rotaId ? shown.rotaName : 'The chosen rota'}</option>}
      </SelectField>
      <NewRota />
    </div>
  )
}

/** Who gets its messages at the moment; in a list no more than that. */
function OnCallNow({ shown: { rotaId }, brief = false }: { shown: OnCallShown; brief?: boolean }) {
  const { data: rotas } = useRotas(useCan('rules:read'))
  const rota = rotas?.find(({ id }) => id === rotaId)
  if (brief) return rota ? ` · ${rota.onCall ? `now ${rota.onCall.user.name}` : 'now nobody'}` : null
  return (
    <p className="text-13 text-text-3">
      {rota && (
        <>
          {rota.onCall ? `Now ${rota.onCall.user.name}` : 'Now nobody: nothing would arrive'}
          {rota.onCall && rota.until && (
            <>
              , until <Clock at={rota.until} />
            </>
          )}
          {' · '}
        </>
      )}
      <Link to="/on-call/$rotaId" params={{ rotaId }} className="text-accent-text underline">
        The rota
      </Link>
    </p>
  )
}

export const onCall: ChannelKindForm<OnCallDraft, OnCallShown> = {
  blank: () => ({ rotaId: '' }),
  draftOf: ({ rotaId }) => ({ rotaId }),
  wrong: ({ rotaId }) => (rotaId === '' ? { rotaId: 'Choose a rota.' } : {}),
  toConfig: ({ rotaId }) => ({ type: 'on_call', rotaId }),
  whereTo: ({ rotaName }) => `Whoever is on call in ${rotaName}`,
  Now: OnCallNow,
  steps: [
    'Make a rota on the page On call: who takes turns, and when one hands over to the next.',
    'Choose it here. Each message goes by mail to whoever is on call when it is sent.',
    'Who has left the tenant, or is deactivated, is passed over: the next person of the rota gets the mail.',
  ],
  Fields: RotaPicker,
}
