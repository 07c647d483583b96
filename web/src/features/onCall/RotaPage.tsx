import { getRouteApi } from '@tanstack/react-router'
import { useCan } from '@/api/client'
import type { Rota } from '@/api/types'
import { EditLink } from '@/components/setUp/links'
import { DeleteButton, OneHeader, OnePage, PageFact } from '@/components/setUp/pages'
import { NotAllowed } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Card } from '@/components/ui/Card'
import { useDeleteRota, useRota } from '@/queries/rotas'
import { Absent } from './Absent'
import { Calendar } from './Calendar'
import { OnCallNow, Until } from './OnCallNow'
import { Overrides } from './Overrides'
import { absentOf, hueOf } from './people'
import { dayWords, weekdayWords } from '@/components/calendar/words'
import { phrase } from '@/lib/phrase'
import { handoverWords } from './rotaWords'
import { texts } from './texts'

const route = getRouteApi('/frame/on-call/$rotaId')

function Actions({ rota }: { rota: Rota }) {
  const remove = useDeleteRota()
  if (!useCan('rules:write')) return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EditLink kind="rota" id={rota.id} />
      <DeleteButton
        kind="rota"
        one={rota}
        description={texts.actions.description}
        mutation={remove}
      />
    </div>
  )
}

function Turns({ rota }: { rota: Rota }) {
  return (
    <Card title={texts.turns.title} className="min-w-0 lg:flex-1">
      <dl className="flex flex-col gap-2 px-4 py-2">
        <PageFact label={texts.turns.handedOver}>{handoverWords(rota)}</PageFact>
        <PageFact label={texts.turns.firstDay}>
          {weekdayWords(rota.startsOn)} {dayWords(rota.startsOn)}
        </PageFact>
        <PageFact label={texts.turns.created}>
          <Absolute at={rota.createdAt} />
        </PageFact>
        {rota.updatedAt !== rota.createdAt && (
          <PageFact label={texts.turns.changed}>
            <Absolute at={rota.updatedAt} />
          </PageFact>
        )}
      </dl>
      <ol aria-label={texts.turns.peopleInOrder} className="border-t border-line py-1">
        {rota.people.map((person, index) => (
          <li key={person.id} className="flex items-center gap-3 px-4 py-1.5 text-14">
            <span aria-hidden style={{ '--person-hue': hueOf(rota.people, person.id) } as React.CSSProperties} className="person inline-flex size-6 shrink-0 items-center justify-center rounded-full text-12 font-semibold">
              {index + 1}
            </span>
            <span className="min-w-0 wrap-anywhere">
              {person.name} <Absent person={person} />
            </span>
          </li>
        ))}
      </ol>
      {absentOf(rota.people).length > 0 && <p className="border-t border-line px-4 py-2 text-12 text-text-3">{texts.turns.whoPassedOverHas}</p>}
    </Card>
  )
}

function Detail({ rota }: { rota: Rota }) {
  return (
    <>
      <OneHeader name={rota.name} actions={<Actions rota={rota} />}>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
          <span className="text-text-3">{texts.detail.onCallNow}</span>
          <OnCallNow rota={rota} />
          {rota.onCall && rota.until && (
            <span className="text-text-3">
              {phrase(texts.detail.until, { when: <Until rota={rota} /> })}
            </span>
          )}
        </p>
      </OneHeader>
      <Card title={texts.detail.title}>
        <Calendar rota={rota} />
      </Card>
      <div className="mt-4 flex flex-col gap-4 lg:flex-row lg:items-start">
        <Turns rota={rota} />
        <Overrides rota={rota} />
      </div>
    </>
  )
}

function RotaById() {
  const { rotaId } = route.useParams()
  return (
    <OnePage kind="rota" query={useRota(rotaId)} rows={5}>
      {(rota) => <Detail rota={rota} />}
    </OnePage>
  )
}

export function RotaPage() {
  return useCan('rules:read') ? <RotaById /> : <NotAllowed what={texts.rotaPage.rotas} permission="rules:read" />
}
