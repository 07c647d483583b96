import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Rota } from '@/api/types'
import { announce } from '@/components/announcements'
import { usePageName } from '@/components/pageName'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { useRotaOnce, useUpdateRota } from '@/queries/rotas'
import { draftOf } from './rotaDraft'
import { RotaForm } from './RotaForm'

const route = getRouteApi('/frame/on-call/$rotaId/edit')

function Edit({ rota }: { rota: Rota }) {
  const navigate = route.useNavigate()
  const [initial] = useState(() => draftOf(rota))
  usePageName(`Edit ${rota.name}`)
  const params = { rotaId: rota.id }
  return (
    <RotaForm
      initial={initial}
      overrides={rota.overrides}
      mutation={useUpdateRota(rota)}
      action="Save changes"
      failed="The rota was not changed"
      cancel={
        <Link to="/on-call/$rotaId" params={params} className={buttonClass()}>
          Cancel
        </Link>
      }
      onSuccess={({ name }) => {
        announce(`Rota “${name}” was changed.`)
        void navigate({ to: '/on-call/$rotaId', params })
      }}
    />
  )
}

export function EditRotaPage() {
  const { rotaId } = route.useParams()
  const query = useRotaOnce(rotaId)
  // What somebody else saves meanwhile must not take what is typed: it is refused when this is saved.
  const [rota, setRota] = useState<Rota>()
  if (rota === undefined && query.data && !query.isFetching) setRota(query.data)
  return rota?.id === rotaId ? (
    <Edit rota={rota} />
  ) : (
    <Loaded query={query} what="the rota" skeleton={<SkeletonRows rows={6} className="h-13" />}>
      {() => <SkeletonRows rows={6} className="h-13" />}
    </Loaded>
  )
}
