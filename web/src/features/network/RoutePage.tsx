import { getRouteApi } from '@tanstack/react-router'
import type { RouteDetail } from '@/api/types'
import { AccessLinks } from '@/components/AccessMenu'
import { Fact } from '@/components/Fact'
import { Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { useRoute } from '@/queries/items'
import { InForce } from './inForce'
import { destination } from './routeWords'
import { Said } from './Said'
import { texts } from './texts'

const route = getRouteApi('/frame/routes/$id')

const parts = (one: RouteDetail): ItemParts => ({
  name: one.networkId,
  lead: <InForce enabled={one.enabled} />,
  actions: <AccessLinks of={one.accountId} end={{ kind: 'route', id: one.id }} />,
  said: (
    <Said title={texts.whatItDoes} isOn={one.enabled}>
      {one.sentence}
    </Said>
  ),
  facts: (
    <>
      <Fact label={texts.description}>{one.description}</Fact>
      <Fact label={texts.routes.leadsTo} mono>
        {destination(one)}
      </Fact>
      <Fact label={texts.routes.through}>
        {one.peer ? (
          <Refs kind="peer" refs={[one.peer]} of={one.accountId} />
        ) : one.peerGroups.length > 0 ? (
          phrase(texts.routes.peersOfGroups, { groups: <Refs kind="group" refs={one.peerGroups} count={one.peerGroupsCount} of={one.accountId} /> })
        ) : (
          texts.nobody
        )}
      </Fact>
      <Fact label={texts.for}>{one.groups.length === 0 ? texts.nobody : <Refs kind="group" refs={one.groups} count={one.groupsCount} of={one.accountId} />}</Fact>
      <Fact label={texts.routes.access}>
        {one.accessControlGroups.length === 0
          ? texts.routes.notNarrowed
          : phrase(texts.routes.byPolicies, { groups: <Refs kind="group" refs={one.accessControlGroups} count={one.accessControlGroupsCount} of={one.accountId} /> })}
      </Fact>
      <Fact label={texts.routes.metric}>{grouped(one.metric)}</Fact>
      <Fact label={texts.routes.masquerade}>{one.masquerade ? texts.routes.masqueraded : texts.routes.notMasqueraded}</Fact>
      {one.domains.length > 0 && <Fact label={texts.routes.keeps}>{one.keepRoute ? texts.routes.keepsThem : texts.no}</Fact>}
      <Fact label={texts.routes.applied}>{one.skipAutoApply ? texts.routes.onceChosen : texts.routes.atOnce}</Fact>
    </>
  ),
})

/** A route: where it leads, through whom and for whom. */
export function RoutePage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="route" query={useRoute(id, of)} parts={parts} />
}
