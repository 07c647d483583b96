import { getRouteApi, Link } from '@tanstack/react-router'
import { CircleStop, Pencil, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Silence } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { PageSkeleton } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute, Ago } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { useDeleteSilence, useEndSilence, useSilence } from '@/queries/silences'
import { SilenceBadge } from './silenceStatus'

const route = getRouteApi('/frame/silences/$silenceId')

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-2 text-14 sm:grid-cols-[8rem_1fr]">
      <dt className="text-text-3">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

function Actions({ silence }: { silence: Silence }) {
  const navigate = route.useNavigate()
  const [asks, setAsks] = useState<'end' | 'delete'>()
  const end = useEndSilence()
  const remove = useDeleteSilence()
  if (!useCan('alerts:suppress')) return null
  const close = () => setAsks(undefined)
  const open = 'What it holds is open and told at once, if it is still so.'
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Link to="/silences/$silenceId/edit" params={{ silenceId: silence.id }} className={buttonClass('primary')}>
        <Pencil aria-hidden className="size-4" />
        Edit
      </Link>
      {silence.status !== 'ended' && (
        <Button icon={CircleStop} onClick={() => setAsks('end')}>
          End now
        </Button>
      )}
      <Button icon={Trash2} onClick={() => setAsks('delete')}>
        Delete
      </Button>
      {asks === 'end' && (
        <ConfirmDialog
          title={`End “${silence.name}” now?`}
          description={open}
          action="End now"
          keep="Keep it"
          failed="The silence was not ended"
          mutation={end}
          request={silence.id}
          onDone={() => announce(`Silence “${silence.name}” is over.`)}
          onClose={close}
        />
      )}
      {asks === 'delete' && (
        <ConfirmDialog
          title={`Delete “${silence.name}”?`}
          description={open}
          action={`Delete “${silence.name}”`}
          keep="Keep it"
          failed="The silence was not deleted"
          mutation={remove}
          request={silence.id}
          onDone={() => {
            announce(`Silence “${silence.name}” was deleted.`)
            void navigate({ to: '/silences' })
          }}
          onClose={close}
        />
      )}
    </div>
  )
}

function Windows({ silence }: { silence: Silence }) {
  return (
    <Card title={silence.recurrence ? 'Next windows' : 'Window'} className="min-w-0 lg:flex-1">
      {silence.windows.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-text-3">It mutes no more. Edit it to give it a later end.</p>
      ) : (
        <ol className="flex flex-col gap-2 px-4 pt-1 pb-4 text-14">
          {silence.windows.map(({ startsAt, words }) => (
            <li key={startsAt} className="break-words">
              {words}{' '}
              <span className="text-13 whitespace-nowrap text-text-3">
                (<Ago at={startsAt} />)
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

function Detail({ silence }: { silence: Silence }) {
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-4">
        <div className="min-w-0 flex-1">
          <SilenceBadge status={silence.status} />
          <h2 className="mt-2 text-20 font-semibold break-words">{silence.name}</h2>
          <p className="mt-0.5 text-14 break-words text-text-3">{silence.mutes}</p>
        </div>
        <Actions silence={silence} />
      </div>
      <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
        <Card title="What it does" className="min-w-0 lg:flex-[1.6]">
          <dl className="flex flex-col gap-2 px-4 py-2 pb-4">
            <Fact label="Mutes">{silence.mutes}</Fact>
            <Fact label="When">{silence.when}</Fact>
            <Fact label="Ends">
              <Absolute at={silence.endsAt} />
            </Fact>
            {silence.comment && (
              <Fact label="Comment">
                <span className="whitespace-pre-line">{silence.comment}</span>
              </Fact>
            )}
            <Fact label="Created">
              by {silence.createdBy.name} on <Absolute at={silence.createdAt} />
            </Fact>
            {silence.updatedAt !== silence.createdAt && (
              <Fact label="Changed">
                <Absolute at={silence.updatedAt} />
              </Fact>
            )}
          </dl>
        </Card>
        <Windows silence={silence} />
      </div>
    </>
  )
}

function SilenceById() {
  const { silenceId } = route.useParams()
  const query = useSilence(silenceId)
  usePageName(query.data?.name)
  if (hasSlug(query.error, 'not-found')) {
    return (
      <NoSuch what="silence" to="/silences">
        It was deleted, ended more than 30 days ago, or is of another tenant.
      </NoSuch>
    )
  }
  return (
    <Loaded query={query} what="the silence" skeleton={<PageSkeleton rows={4} />}>
      {(silence) => <Detail silence={silence} />}
    </Loaded>
  )
}

export function SilencePage() {
  return useCan('alerts:read') ? <SilenceById /> : <NotAllowed what="silences" permission="alerts:read" />
}
