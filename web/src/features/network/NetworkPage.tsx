import { getRouteApi } from '@tanstack/react-router'
import { CircleSlash, Server, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import type { NetworkDetail, NetworkResource, NetworkRouter } from '@/api/types'
import { AccessMenu, WhoReachesOneOf, whoReaches } from '@/components/AccessMenu'
import { Fact } from '@/components/Fact'
import { FirstOf } from '@/components/items/FirstOf'
import { Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { Mark } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { grouped } from '@/lib/numbers'
import { wordsOf } from '@/lib/named'
import { phrase } from '@/lib/phrase'
import { useNetwork } from '@/queries/items'
import { Said } from './Said'
import { texts } from './texts'

const route = getRouteApi('/frame/networks/$id')

/** So many are shown at first. */
const MOST = 20

const Off = () => (
  <Mark tone="muted" icon={CircleSlash} className="text-12">
    {texts.off}
  </Mark>
)

function Row({ action, children }: { action?: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-start gap-2 border-t border-line py-2 pr-2 pl-4 first:border-t-0">
      <div className="flex min-w-0 flex-1 flex-col gap-1">{children}</div>
      {action}
    </li>
  )
}

function Resource({ resource, of }: { resource: NetworkResource; of: string }) {
  const { id, name, description, type, address, enabled, groups } = resource
  return (
    <Row action={<AccessMenu name={name || address} choices={[whoReaches(of, { kind: 'resource', id })]} />}>
      <p className="flex flex-wrap items-baseline gap-x-2 text-14">
        <span className="min-w-0 font-medium wrap-anywhere">{name || address}</span>
        {name !== '' && name !== address && <span className="font-mono text-12 break-all text-text-2">{address}</span>}
        {!enabled && <Off />}
      </p>
      <p className="flex flex-wrap items-center gap-x-1.5 text-13 text-text-3">
        {groups.length === 0 ? wordsOf(type) : phrase(texts.networks.typeInGroups, { type: wordsOf(type), groups: <Refs kind="group" refs={groups} of={of} /> })}
      </p>
      {description !== '' && <p className="text-13 wrap-anywhere text-text-2">{description}</p>}
    </Row>
  )
}

function Router({ router: { peer, peerGroups, metric, masquerade, enabled }, of }: { router: NetworkRouter; of: string }) {
  return (
    <Row>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14">
        {peer ? (
          <Refs kind="peer" refs={[peer]} of={of} />
        ) : (
          phrase(texts.networks.peersOfGroups, { groups: <Refs kind="group" refs={peerGroups} of={of} /> })
        )}
        {!enabled && <Off />}
      </p>
      <p className="text-13 text-text-3">{texts.networks.metric({ metric, masquerade })}</p>
    </Row>
  )
}

interface PartProps<T> {
  title: string
  one: string
  count: number
  items: readonly T[]
  none: string
  children: (item: T) => ReactNode
}

/** A list within the network, and how much of it the answer has. */
function Part<T>({ title, one, count, items, none, children }: PartProps<T>) {
  const rest = count - items.length
  return (
    <Card title={title} note={grouped(count)}>
      {items.length === 0 ? (
        <p className="px-4 pt-1 pb-3 text-13 text-text-2">{none}</p>
      ) : (
        <FirstOf items={items} most={MOST} one={one} className="pb-1">
          {children}
        </FirstOf>
      )}
      {rest > 0 && items.length > 0 && <p className="border-t border-line px-4 py-2.5 text-13 text-text-3">{texts.networks.more({ count: rest })}</p>}
    </Card>
  )
}

const parts = (network: NetworkDetail): ItemParts => {
  const { accountId, resources, resourcesCount, routers, routersCount, policiesCount, unknown } = network
  return {
    name: network.name,
    lead: (
      <>
        <Mark tone="muted" icon={Server}>
          {texts.networks.resourceCount({ count: resourcesCount })}
        </Mark>
        <Mark tone="muted" icon={Waypoints}>
          {texts.networks.policies({ count: policiesCount })}
        </Mark>
      </>
    ),
    actions: <WhoReachesOneOf choices={resources.map(({ id, name, address }) => whoReaches(accountId, { kind: 'resource', id }, name || address))} />,
    said: <Said title={texts.whatItDoes}>{network.sentence}</Said>,
    facts: (
      <>
        <Fact label={texts.description}>{network.description}</Fact>
        {unknown.length > 0 && <Fact label={texts.networks.gone}>{unknown.join(', ')}</Fact>}
      </>
    ),
    cards: (
      <>
        <Part title={texts.networks.resources} one={texts.networks.oneResource} count={resourcesCount} items={resources} none={resourcesCount === 0 ? texts.networks.nothingReachable : texts.networks.noneKnown}>
          {(resource) => <Resource key={resource.id} resource={resource} of={accountId} />}
        </Part>
        <Part title={texts.networks.routers} one={texts.networks.oneRouter} count={routersCount} items={routers} none={routersCount === 0 ? texts.networks.nobodyRoutes : texts.networks.noneKnown}>
          {(router) => <Router key={router.id} router={router} of={accountId} />}
        </Part>
      </>
    ),
  }
}

/** A network: what it makes reachable, through whom, and which policies are about it. */
export function NetworkPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="network" query={useNetwork(id, of)} parts={parts} />
}
