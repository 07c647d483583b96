import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { useCreateRota } from '@/queries/rotas'
import { newDraft } from './rotaDraft'
import { RotaForm } from './RotaForm'
import { texts } from './texts'

const route = getRouteApi('/frame/on-call/new')

export function NewRotaPage() {
  const navigate = route.useNavigate()
  const [initial] = useState(() => newDraft())
  return (
    <RotaForm
      initial={initial}
      overrides={[]}
      mutation={useCreateRota()}
      action={texts.newRotaPage.action}
      failed={texts.newRotaPage.failed}
      cancel={<CancelLink kind="rota" />}
      onSuccess={({ id, name }) => {
        announce(texts.newRotaPage.rotaWasCreatedMake({ name }))
        void navigate({ to: '/on-call/$rotaId', params: { rotaId: id } })
      }}
    />
  )
}
