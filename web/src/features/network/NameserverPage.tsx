import { getRouteApi } from '@tanstack/react-router'
import type { NameserverGroupDetail } from '@/api/types'
import { Fact } from '@/components/Fact'
import { Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { useNameserverGroup } from '@/queries/items'
import { InForce } from './inForce'
import { address, resolves } from './nameserverWords'
import { Said } from './Said'

const route = getRouteApi('/frame/dns/$id')

const parts = (group: NameserverGroupDetail): ItemParts => ({
  name: group.name,
  lead: <InForce enabled={group.enabled} />,
  said: (
    <Said title="What they do" isOn={group.enabled}>
      {group.sentence}
    </Said>
  ),
  facts: (
    <>
      <Fact label="Description">{group.description}</Fact>
      <Fact label="Domains">{resolves(group)}</Fact>
      <Fact label="Nameservers" mono>
        {group.nameservers.map(address).join(', ')}
      </Fact>
      <Fact label="For">{group.groups.length === 0 ? 'nobody' : <Refs kind="group" refs={group.groups} count={group.groupsCount} of={group.accountId} />}</Fact>
      <Fact label="Search domains">{group.searchDomainsEnabled ? 'yes: peers try these domains after a name without dots' : 'no'}</Fact>
    </>
  ),
})

/** Nameservers: which names they resolve, and for whom. */
export function NameserverPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="nameserver" query={useNameserverGroup(id, of)} parts={parts} />
}
