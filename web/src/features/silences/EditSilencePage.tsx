import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Silence } from '@/api/types'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { AsOpened } from '@/components/setUp/pages'
import { useSilenceOnce, useUpdateSilence } from '@/queries/silences'
import { SilenceForm } from './SilenceForm'
import { draftOf } from './silenceDraft'
import { texts } from './texts'

const route = getRouteApi('/frame/silences/$silenceId/edit')

function Edit({ silence }: { silence: Silence }) {
  const navigate = route.useNavigate()
  const [initial] = useState(() => draftOf(silence))
  return (
    <SilenceForm
      initial={initial}
      mutation={useUpdateSilence(silence)}
      action={texts.edit.action}
      failed={texts.edit.failed}
      cancel={<CancelLink kind="silence" id={silence.id} />}
      onSuccess={({ name }) => {
        announce(texts.edit.changed({ name }))
        void navigate({ to: '/silences/$silenceId', params: { silenceId: silence.id } })
      }}
    />
  )
}

export function EditSilencePage() {
  const { silenceId } = route.useParams()
  return (
    <AsOpened kind="silence" id={silenceId} query={useSilenceOnce(silenceId)}>
      {(silence) => <Edit silence={silence} />}
    </AsOpened>
  )
}
