import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { announce } from '@/components/announcements'
import { CancelLink } from '@/components/setUp/links'
import { useCreateAlertRoute } from '@/queries/alertRoutes'
import { newDraft } from './routeDraft'
import { RouteForm } from './RouteForm'
import { texts } from './texts'

const route = getRouteApi('/frame/routing/new')

export function NewRoutePage() {
  const navigate = route.useNavigate()
  const [initial] = useState(() => newDraft())
  return (
    <RouteForm
      initial={initial}
      mutation={useCreateAlertRoute()}
      action={texts.newRoutePage.action}
      failed={texts.newRoutePage.failed}
      cancel={<CancelLink kind="route" />}
      onSuccess={({ id, name }) => {
        announce(texts.newRoutePage.routeWasCreated({ name }))
        void navigate({ to: '/routing/$routeId', params: { routeId: id } })
      }}
    />
  )
}
