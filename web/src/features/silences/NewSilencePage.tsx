import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { useCreateSilence } from '@/queries/silences'
import { SilenceForm } from './SilenceForm'
import { newDraft } from './silenceDraft'
import { texts } from './texts'

const route = getRouteApi('/frame/silences/new')

export function NewSilencePage() {
  const navigate = route.useNavigate()
  const search = route.useSearch()
  const [initial] = useState(() => newDraft(search))
  return (
    <SilenceForm
      initial={initial}
      mutation={useCreateSilence()}
      action={texts.create.action}
      failed={texts.create.failed}
      cancel={<CancelLink kind="silence" />}
      onSuccess={({ id, name }) => {
        announce(texts.create.created({ name }))
        void navigate({ to: '/silences/$silenceId', params: { silenceId: id } })
      }}
    />
  )
}
