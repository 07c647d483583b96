import { getRouteApi } from '@tanstack/react-router'
import type { RouteDetail } from '@/api/types'
import { AccessLinks } from '@/components/AccessMenu'
import { Fact } from '@/components/Fact'
import { Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { grouped } from '@/lib/numbers'
import { useRoute } from '@/queries/items'
import { InForce } from './inForce'
import { destination } from './routeWords'
import { Said } from './Said'

const route = getRouteApi('/frame/routes/$id')

const parts = (one: RouteDetail): ItemParts => ({
  name: one.networkId,
  lead: <InForce enabled={one.enabled} />,
  actions: <AccessLinks of={one.accountId} end={{ kind: 'route', id: one.id }} />,
  said: (
    <Said title="What it does" isOn={one.enabled}>
      {one.sentence}
    </Said>
  ),
  facts: (
    <>
      <Fact label="Description">{one.description}</Fact>
      <Fact label="Leads to" mono>
        {destination(one)}
      </Fact>
      <Fact label="Through">
        {one.peer ? (
          <Refs kind="peer" refs={[one.peer]} of={one.accountId} />
        ) : one.peerGroups.length > 0 ? (
          <>
            peers of <Refs kind="group" refs={one.peerGroups} count={one.peerGroupsCount} of={one.accountId} />
          </>
        ) : (
          'nobody'
        )}
      </Fact>
      <Fact label="For">{one.groups.length === 0 ? 'nobody' : <Refs kind="group" refs={one.groups} count={one.groupsCount} of={one.accountId} />}</Fact>
      <Fact label="Access">
        {one.accessControlGroups.length === 0 ? (
          'not narrowed by policies: it lets everything through'
        ) : (
          <>
            by policies about <Refs kind="group" refs={one.accessControlGroups} count={one.accessControlGroupsCount} of={one.accountId} />
          </>
        )}
      </Fact>
      <Fact label="Metric">{grouped(one.metric)}</Fact>
      <Fact label="Masquerade">{one.masquerade ? 'yes: what is behind it sees the routing peer' : 'no: what is behind it sees the peer'}</Fact>
      {one.domains.length > 0 && <Fact label="Keeps addresses">{one.keepRoute ? 'yes: those that a domain had stay routed' : 'no'}</Fact>}
      <Fact label="Applied">{one.skipAutoApply ? 'once somebody chooses it' : 'at once'}</Fact>
    </>
  ),
})

/** A route: where it leads, through whom and for whom. */
export function RoutePage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="route" query={useRoute(id, of)} parts={parts} />
}
