import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Silence } from '@/api/types'
import { announce } from '@/components/announcements'
import { usePageName } from '@/components/pageName'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { useSilenceOnce, useUpdateSilence } from '@/queries/silences'
import { SilenceForm } from './SilenceForm'
import { draftOf } from './silenceDraft'

const route = getRouteApi('/frame/silences/$silenceId/edit')

function Edit({ silence }: { silence: Silence }) {
  const navigate = route.useNavigate()
  const [initial] = useState(() => draftOf(silence))
  usePageName(`Edit ${silence.name}`)
  const params = { silenceId: silence.id }
  return (
    <SilenceForm
      initial={initial}
      mutation={useUpdateSilence(silence)}
      action="Save changes"
      failed="The silence was not changed"
      cancel={
        <Link to="/silences/$silenceId" params={params} className={buttonClass()}>
          Cancel
        </Link>
      }
      onSuccess={({ name }) => {
        announce(`Silence “${name}” was changed.`)
        void navigate({ to: '/silences/$silenceId', params })
      }}
    />
  )
}

export function EditSilencePage() {
  const { silenceId } = route.useParams()
  const query = useSilenceOnce(silenceId)
  // What somebody else saves meanwhile must not take what is typed: it is refused when this is saved.
  const [silence, setSilence] = useState<Silence>()
  if (silence === undefined && query.data && !query.isFetching) setSilence(query.data)
  return silence?.id === silenceId ? (
    <Edit silence={silence} />
  ) : (
    <Loaded query={query} what="the silence" skeleton={<SkeletonRows rows={6} className="h-13" />}>
      {() => <SkeletonRows rows={6} className="h-13" />}
    </Loaded>
  )
}
