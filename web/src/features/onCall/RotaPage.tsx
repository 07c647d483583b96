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
import { handoverWords } from './rotaWords'

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
        description="Nobody is on call by it any more, and its overrides go with it. A rota that a channel uses stays until the channel leads elsewhere."
        mutation={remove}
      />
    </div>
  )
}

function Turns({ rota }: { rota: Rota }) {
  return (
    <Card title="Turns" className="min-w-0 lg:flex-1">
      <dl className="flex flex-col gap-2 px-4 py-2">
        <PageFact label="Handed over">{handoverWords(rota)}</PageFact>
        <PageFact label="First day">
          {weekdayWords(rota.startsOn)} {dayWords(rota.startsOn)}
        </PageFact>
        <PageFact label="Created">
          <Absolute at={rota.createdAt} />
        </PageFact>
        {rota.updatedAt !== rota.createdAt && (
          <PageFact label="Changed">
            <Absolute at={rota.updatedAt} />
          </PageFact>
        )}
      </dl>
      <ol aria-label="People, in order" className="border-t border-line py-1">
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
      {absentOf(rota.people).length > 0 && <p className="border-t border-line px-4 py-2 text-12 text-text-3">Who is passed over has no turn: the next in the rota takes it. Everybody else keeps theirs.</p>}
    </Card>
  )
}

function Detail({ rota }: { rota: Rota }) {
  return (
    <>
      <OneHeader name={rota.name} actions={<Actions rota={rota} />}>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
          <span className="text-text-3">On call now</span>
          <OnCallNow rota={rota} />
          {rota.onCall && rota.until && (
            <span className="text-text-3">
              until <Until rota={rota} />
            </span>
          )}
        </p>
      </OneHeader>
      <Card title="Next four weeks">
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
  return useCan('rules:read') ? <RotaById /> : <NotAllowed what="rotas" permission="rules:read" />
}
