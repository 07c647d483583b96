import { getRouteApi } from '@tanstack/react-router'
import { CircleStop } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { Silence } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { EditLink } from '@/components/setUp/links'
import { DeleteButton, OneHeader, OnePage, PageFact } from '@/components/setUp/pages'
import { NotAllowed } from '@/components/states'
import { Absolute, Ago } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { useDeleteSilence, useEndSilence, useSilence } from '@/queries/silences'
import { SilenceBadge } from './silenceStatus'

const route = getRouteApi('/frame/silences/$silenceId')

function Actions({ silence }: { silence: Silence }) {
  const [asks, setAsks] = useState(false)
  const end = useEndSilence()
  const remove = useDeleteSilence()
  if (!useCan('alerts:suppress')) return null
  const open = 'What it holds is open and told at once, if it is still so.'
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EditLink kind="silence" id={silence.id} />
      {silence.status !== 'ended' && (
        <Button icon={CircleStop} onClick={() => setAsks(true)}>
          End now
        </Button>
      )}
      <DeleteButton kind="silence" one={silence} description={open} mutation={remove} />
      {asks && (
        <ConfirmDialog
          title={`End “${silence.name}” now?`}
          description={open}
          action="End now"
          keep="Keep it"
          failed="The silence was not ended"
          mutation={end}
          request={silence.id}
          onDone={() => announce(`Silence “${silence.name}” is over.`)}
          onClose={() => setAsks(false)}
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

/** The peers and groups that it is about, and what became of them since they were chosen. */
function Things({ named }: Pick<Silence, 'named'>) {
  return (
    <ul className="flex flex-col gap-1">
      {named.map(({ kind, id, name, nameNow, isGone }) => (
        <li key={`${kind} ${id}`} className="break-words">
          {nameNow ?? name} <span className="text-13 text-text-3">{kind}</span>
          {nameNow !== undefined && <span className="text-13 text-text-3"> · was called {name}</span>}
          {isGone && <span className="text-13 text-warn-text"> · gone from the account, so that it mutes nothing</span>}
        </li>
      ))}
    </ul>
  )
}

function Detail({ silence }: { silence: Silence }) {
  return (
    <>
      <OneHeader lead={<SilenceBadge status={silence.status} />} name={silence.name} actions={<Actions silence={silence} />}>
        <p className="mt-0.5 text-14 break-words text-text-3">{silence.mutes}</p>
      </OneHeader>
      <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
        <Card title="What it does" className="min-w-0 lg:flex-[1.6]">
          <dl className="flex flex-col gap-2 px-4 py-2 pb-4">
            <PageFact label="Mutes">{silence.mutes}</PageFact>
            {silence.named.length > 0 && (
              <PageFact label="About">
                <Things named={silence.named} />
              </PageFact>
            )}
            <PageFact label="When">{silence.when}</PageFact>
            <PageFact label="Ends">
              <Absolute at={silence.endsAt} />
            </PageFact>
            {silence.comment && (
              <PageFact label="Comment">
                <span className="whitespace-pre-line">{silence.comment}</span>
              </PageFact>
            )}
            <PageFact label="Created">
              by {silence.createdBy.name} on <Absolute at={silence.createdAt} />
            </PageFact>
            {silence.updatedAt !== silence.createdAt && (
              <PageFact label="Changed">
                <Absolute at={silence.updatedAt} />
              </PageFact>
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
  return (
    <OnePage kind="silence" query={useSilence(silenceId)} rows={4} gone="It was deleted, ended more than 30 days ago, or is of another tenant.">
      {(silence) => <Detail silence={silence} />}
    </OnePage>
  )
}

export function SilencePage() {
  return useCan('alerts:read') ? <SilenceById /> : <NotAllowed what="silences" permission="alerts:read" />
}
