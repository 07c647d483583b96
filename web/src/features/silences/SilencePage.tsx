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
import { named } from '@/lib/named'
import { phrase } from '@/lib/phrase'
import { useDeleteSilence, useEndSilence, useSilence } from '@/queries/silences'
import { SilenceBadge } from './silenceStatus'
import { texts } from './texts'

const route = getRouteApi('/frame/silences/$silenceId')

function Actions({ silence }: { silence: Silence }) {
  const [asks, setAsks] = useState(false)
  const end = useEndSilence()
  const remove = useDeleteSilence()
  if (!useCan('alerts:suppress')) return null
  const open = texts.actions.endDescription
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EditLink kind="silence" id={silence.id} />
      {silence.status !== 'ended' && (
        <Button icon={CircleStop} onClick={() => setAsks(true)}>
          {texts.actions.end}
        </Button>
      )}
      <DeleteButton kind="silence" one={silence} description={open} mutation={remove} />
      {asks && (
        <ConfirmDialog
          title={texts.actions.endThis({ name: silence.name })}
          description={open}
          action={texts.actions.end}
          keep={texts.actions.keep}
          failed={texts.actions.failed}
          mutation={end}
          request={silence.id}
          onDone={() => announce(texts.actions.ended({ name: silence.name }))}
          onClose={() => setAsks(false)}
        />
      )}
    </div>
  )
}

function Windows({ silence }: { silence: Silence }) {
  return (
    <Card title={silence.recurrence ? texts.windows.next : texts.windows.one} className="min-w-0 lg:flex-1">
      {silence.windows.length === 0 ? (
        <p className="px-4 pb-4 text-13 text-text-3">{texts.windows.none}</p>
      ) : (
        <ol className="flex flex-col gap-2 px-4 pt-1 pb-4 text-14">
          {silence.windows.map(({ startsAt, words }) => (
            <li key={startsAt} className="break-words">
              {phrase(texts.windows.window, { words, when: <Ago at={startsAt} />, quiet: (inside) => <span className="text-13 whitespace-nowrap text-text-3">{inside}</span> })}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

/** The peers and groups that it is about, and what became of them since they were chosen. */
function Things({ named: things }: Pick<Silence, 'named'>) {
  return (
    <ul className="flex flex-col gap-1">
      {things.map(({ kind, id, name, nameNow, isGone }) => (
        <li key={`${kind} ${id}`} className="break-words">
          {nameNow ?? name} <span className="text-13 text-text-3">{named(texts.things.kinds, kind, (word) => word)}</span>
          {nameNow !== undefined && <span className="text-13 text-text-3"> {texts.things.wasCalled({ name })}</span>}
          {isGone && <span className="text-13 text-warn-text"> {texts.things.gone}</span>}
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
        <Card title={texts.detail.title} className="min-w-0 lg:flex-[1.6]">
          <dl className="flex flex-col gap-2 px-4 py-2 pb-4">
            <PageFact label={texts.detail.mutes}>{silence.mutes}</PageFact>
            {silence.named.length > 0 && (
              <PageFact label={texts.detail.about}>
                <Things named={silence.named} />
              </PageFact>
            )}
            <PageFact label={texts.detail.when}>{silence.when}</PageFact>
            <PageFact label={texts.detail.ends}>
              <Absolute at={silence.endsAt} />
            </PageFact>
            {silence.comment && (
              <PageFact label={texts.detail.comment}>
                <span className="whitespace-pre-line">{silence.comment}</span>
              </PageFact>
            )}
            <PageFact label={texts.detail.created}>
              {phrase(texts.detail.createdBy, { name: silence.createdBy.name, when: <Absolute at={silence.createdAt} /> })}
            </PageFact>
            {silence.updatedAt !== silence.createdAt && (
              <PageFact label={texts.detail.changed}>
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
    <OnePage kind="silence" query={useSilence(silenceId)} rows={4} gone={texts.page.gone}>
      {(silence) => <Detail silence={silence} />}
    </OnePage>
  )
}

export function SilencePage() {
  return useCan('alerts:read') ? <SilenceById /> : <NotAllowed what={texts.page.what} permission="alerts:read" />
}
