import { getRouteApi } from '@tanstack/react-router'
import type { SetupKeyDetail } from '@/api/types'
import { Fact } from '@/components/Fact'
import { Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { Absolute } from '@/components/Time'
import { useSetupKey } from '@/queries/items'
import { Said } from './Said'
import { Expires, keyInWords, State, typeWord, used } from './setupKeyLooks'

const route = getRouteApi('/frame/setup-keys/$id')

const parts = (key: SetupKeyDetail): ItemParts => ({
  name: key.name,
  lead: (
    <>
      <State of={key} />
      <Expires of={key} />
    </>
  ),
  said: (
    <Said title="What it does" isOn={key.state === 'valid'}>
      {keyInWords(key)}
    </Said>
  ),
  facts: (
    <>
      <Fact label="Begins with" mono>
        {key.key}
      </Fact>
      <Fact label="Type">{typeWord(key.type)}</Fact>
      <Fact label="Expires">{key.expires ? <Absolute at={key.expires} /> : 'never'}</Fact>
      <Fact label="Used">{used(key)}</Fact>
      <Fact label="Last used">{key.lastUsed ? <Absolute at={key.lastUsed} /> : 'never'}</Fact>
      <Fact label="Puts peers into">{key.autoGroups.length === 0 ? 'none' : <Refs kind="group" refs={key.autoGroups} count={key.autoGroupsCount} of={key.accountId} />}</Fact>
      <Fact label="Ephemeral">{key.ephemeral ? 'yes: its peers are removed when they are gone for a while' : 'no'}</Fact>
      <Fact label="Names">{key.allowExtraDnsLabels ? 'peers may bring names of their own' : 'peers bring no names of their own'}</Fact>
      <Fact label="Changed">{key.updatedAt && <Absolute at={key.updatedAt} />}</Fact>
    </>
  ),
})

/** A setup key: whether it is good, until when, and what peers that join by it are put into. */
export function SetupKeyPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="setup-key" query={useSetupKey(id, of)} parts={parts} />
}
