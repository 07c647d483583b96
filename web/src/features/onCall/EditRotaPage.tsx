import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Rota } from '@/api/types'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { AsOpened } from '@/components/setUp/pages'
import { useRotaOnce, useUpdateRota } from '@/queries/rotas'
import { draftOf } from './rotaDraft'
import { RotaForm } from './RotaForm'
import { texts } from './texts'

const route = getRouteApi('/frame/on-call/$rotaId/edit')

function Edit({ rota }: { rota: Rota }) {
  const navigate = route.useNavigate()
  const [initial] = useState(() => draftOf(rota))
  return (
    <RotaForm
      initial={initial}
      overrides={rota.overrides}
      mutation={useUpdateRota(rota)}
      action={texts.edit.action}
      failed={texts.edit.failed}
      cancel={<CancelLink kind="rota" id={rota.id} />}
      onSuccess={({ name }) => {
        announce(texts.edit.rotaWasChanged({ name }))
        void navigate({ to: '/on-call/$rotaId', params: { rotaId: rota.id } })
      }}
    />
  )
}

export function EditRotaPage() {
  const { rotaId } = route.useParams()
  return (
    <AsOpened kind="rota" id={rotaId} query={useRotaOnce(rotaId)}>
      {(rota) => <Edit rota={rota} />}
    </AsOpened>
  )
}
