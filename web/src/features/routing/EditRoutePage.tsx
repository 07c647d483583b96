import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { AlertRoute } from '@/api/types'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { AsOpened } from '@/components/setUp/pages'
import { useAlertRouteOnce, useUpdateAlertRoute } from '@/queries/alertRoutes'
import { draftOf } from './routeDraft'
import { RouteForm } from './RouteForm'
import { texts } from './texts'

const route = getRouteApi('/frame/routing/$routeId/edit')

function Edit({ saved }: { saved: AlertRoute }) {
  const navigate = route.useNavigate()
  const [initial] = useState(() => draftOf(saved))
  return (
    <RouteForm
      initial={initial}
      mutation={useUpdateAlertRoute(saved)}
      action={texts.edit.action}
      failed={texts.edit.failed}
      cancel={<CancelLink kind="route" id={saved.id} />}
      onSuccess={({ name }) => {
        announce(texts.edit.routeWasChanged({ name }))
        void navigate({ to: '/routing/$routeId', params: { routeId: saved.id } })
      }}
    />
  )
}

export function EditRoutePage() {
  const { routeId } = route.useParams()
  return (
    <AsOpened kind="route" id={routeId} query={useAlertRouteOnce(routeId)}>
      {(saved) => <Edit saved={saved} />}
    </AsOpened>
  )
}
