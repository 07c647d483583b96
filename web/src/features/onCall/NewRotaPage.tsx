import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { useCreateRota } from '@/queries/rotas'
import { newDraft } from './rotaDraft'
import { RotaForm } from './RotaForm'

const route = getRouteApi('/frame/on-call/new')

export function NewRotaPage() {
  const navigate = route.useNavigate()
  const [initial] = useState(() => newDraft())
  return (
    <RotaForm
      initial={initial}
      overrides={[]}
      mutation={useCreateRota()}
      action="Create rota"
      failed="The rota was not created"
      cancel={<CancelLink kind="rota" />}
      onSuccess={({ id, name }) => {
        announce(`Rota “${name}” was created. Make a channel of the kind On call to use it.`)
        void navigate({ to: '/on-call/$rotaId', params: { rotaId: id } })
      }}
    />
  )
}
