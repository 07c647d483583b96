import { getRouteApi } from '@tanstack/react-router'
import type { NameserverGroupDetail } from '@/api/types'
import { Fact } from '@/components/Fact'
import { Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { useNameserverGroup } from '@/queries/items'
import { InForce } from './inForce'
import { address, resolves } from './nameserverWords'
import { Said } from './Said'
import { texts } from './texts'

const route = getRouteApi('/frame/dns/$id')

const parts = (group: NameserverGroupDetail): ItemParts => ({
  name: group.name,
  lead: <InForce enabled={group.enabled} />,
  said: (
    <Said title={texts.nameservers.whatTheyDo} isOn={group.enabled}>
      {group.sentence}
    </Said>
  ),
  facts: (
    <>
      <Fact label={texts.description}>{group.description}</Fact>
      <Fact label={texts.nameservers.domains}>{resolves(group)}</Fact>
      <Fact label={texts.nameservers.label} mono>
        {group.nameservers.map(address).join(', ')}
      </Fact>
      <Fact label={texts.for}>{group.groups.length === 0 ? texts.nobody : <Refs kind="group" refs={group.groups} count={group.groupsCount} of={group.accountId} />}</Fact>
      <Fact label={texts.nameservers.searchDomains}>{group.searchDomainsEnabled ? texts.nameservers.triesThem : texts.no}</Fact>
    </>
  ),
})

/** Nameservers: which names they resolve, and for whom. */
export function NameserverPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="nameserver" query={useNameserverGroup(id, of)} parts={parts} />
}
