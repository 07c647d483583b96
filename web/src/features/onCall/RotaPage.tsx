import { getRouteApi, Link } from '@tanstack/react-router'
import { Pencil, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Rota } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { PageSkeleton } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
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

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-2 text-14 sm:grid-cols-[8rem_1fr]">
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}

function Actions({ rota }: { rota: Rota }) {
  const navigate = route.useNavigate()
  const remove = useDeleteRota()
  const [asks, setAsks] = useState(false)
  if (!useCan('rules:write')) return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Link to="/on-call/$rotaId/edit" params={{ rotaId: rota.id }} className={buttonClass('primary')}>
        <Pencil aria-hidden className="size-4" />
        Edit
      </Link>
      <Button icon={Trash2} onClick={() => setAsks(true)}>
        Delete
      </Button>
      {asks && (
        <ConfirmDialog
          title={`Delete “${rota.name}”?`}
          description="Nobody is on call by it any more, and its overrides go with it. A rota that a channel uses stays until the channel leads elsewhere."
          action={`Delete “${rota.name}”`}
          keep="Keep it"
          failed="The rota was not deleted"
          mutation={remove}
          request={rota.id}
          onDone={() => {
            announce(`Rota “${rota.name}” was deleted.`)
            void navigate({ to: '/on-call' })
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </div>
  )
}

function Turns({ rota }: { rota: Rota }) {
  return (
    <Card title="Turns" className="min-w-0 lg:flex-1">
      <dl className="flex flex-col gap-2 px-4 py-2">
        <Fact label="Handed over">{handoverWords(rota)}</Fact>
        <Fact label="First day">
          {weekdayWords(rota.startsOn)} {dayWords(rota.startsOn)}
        </Fact>
        <Fact label="Created">
          <Absolute at={rota.createdAt} />
        </Fact>
        {rota.updatedAt !== rota.createdAt && (
          <Fact label="Changed">
            <Absolute at={rota.updatedAt} />
          </Fact>
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
      <div className="mb-4 flex flex-wrap items-start gap-4">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <h2 className="text-20 font-semibold break-words">{rota.name}</h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
            <span className="text-text-3">On call now</span>
            <OnCallNow rota={rota} />
            {rota.onCall && rota.until && (
              <span className="text-text-3">
                until <Until rota={rota} />
              </span>
            )}
          </p>
        </div>
        <Actions rota={rota} />
      </div>
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
  const query = useRota(rotaId)
  usePageName(query.data?.name)
  if (hasSlug(query.error, 'not-found')) {
    return (
      <NoSuch what="rota" to="/on-call">
        It was deleted, or is of another tenant.
      </NoSuch>
    )
  }
  return (
    <Loaded query={query} what="the rota" skeleton={<PageSkeleton rows={5} />}>
      {(rota) => <Detail rota={rota} />}
    </Loaded>
  )
}

export function RotaPage() {
  return useCan('rules:read') ? <RotaById /> : <NotAllowed what="rotas" permission="rules:read" />
}
