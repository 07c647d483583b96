import { Link } from '@tanstack/react-router'
import { ExternalLink, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import { Clock } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { SelectField } from '@/components/ui/Field'
import { phrase } from '@/lib/phrase'
import { useRotas } from '@/queries/rotas'
import type { ChannelKindForm, FieldsProps, Shown } from './kind'
import { texts } from './texts'

interface OnCallDraft {
  rotaId: string
}

type OnCallShown = Shown<'on_call'>

/** In a tab of its own: what is typed here stays, and the new rota is there when somebody comes back. */
function NewRota() {
  return (
    <Link to="/on-call/new" target="_blank" className={buttonClass('secondary', 'mt-5.5 h-9! touch:h-11!')}>
      <Plus aria-hidden className="size-4" />
      {texts.rota.create}
      <ExternalLink role="img" aria-label={texts.rota.opensInTab} className="size-3 text-text-3" />
    </Link>
  )
}

function RotaPicker({ draft, shown, errorOf, change }: FieldsProps<OnCallDraft, OnCallShown>) {
  const { data: rotas, isError } = useRotas(useCan('rules:read'))
  const chosen = rotas?.find(({ id }) => id === draft.rotaId)
  const now = chosen && (chosen.onCall ? texts.rota.somebodyNow({ name: chosen.onCall.user.name }) : texts.rota.nobodyNow)
  const hint = isError ? texts.rota.failed : rotas?.length === 0 ? texts.rota.none : (now ?? texts.rota.hint)
  return (
    <div className="flex flex-wrap items-start gap-2">
      <SelectField label={texts.rota.label} className="min-w-40 flex-1" hint={hint} value={draft.rotaId} error={errorOf('rotaId')} onChange={(event) => change({ rotaId: event.target.value })}>
        <option value="">{rotas || isError ? texts.rota.choose : texts.rota.loading}</option>
        {rotas?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {draft.rotaId !== '' && !chosen && <option value={draft.rotaId}>{shown?.rotaId === draft.rotaId ? shown.rotaName : texts.rota.chosen}</option>}
      </SelectField>
      <NewRota />
    </div>
  )
}

/** Who gets its messages at the moment; in a list no more than that. */
function OnCallNow({ shown: { rotaId }, brief = false }: { shown: OnCallShown; brief?: boolean }) {
  const { data: rotas } = useRotas(useCan('rules:read'))
  const rota = rotas?.find(({ id }) => id === rotaId)
  if (brief) return rota ? texts.onCallNow.brief({ name: rota.onCall?.user.name }) : null
  const link = (words: ReactNode) => (
    <Link to="/on-call/$rotaId" params={{ rotaId }} className="text-accent-text underline">
      {words}
    </Link>
  )
  const name = rota?.onCall?.user.name
  return (
    <p className="text-13 text-text-3">
      {rota === undefined
        ? phrase(texts.onCallNow.unknown, { link })
        : name === undefined
          ? phrase(texts.onCallNow.nobody, { link })
          : rota.until
            ? phrase(texts.onCallNow.until, { name, when: <Clock at={rota.until} />, link })
            : phrase(texts.onCallNow.always, { name, link })}
    </p>
  )
}

export const onCall: ChannelKindForm<OnCallDraft, OnCallShown> = {
  blank: () => ({ rotaId: '' }),
  draftOf: ({ rotaId }) => ({ rotaId }),
  wrong: ({ rotaId }) => (rotaId === '' ? { rotaId: texts.onCall.missing } : {}),
  toConfig: ({ rotaId }) => ({ type: 'on_call', rotaId }),
  whereTo: ({ rotaName }) => texts.onCall.whereTo({ rota: rotaName }),
  Now: OnCallNow,
  steps: texts.onCall.steps,
  Fields: RotaPicker,
}
