import { getRouteApi } from '@tanstack/react-router'
import type { SetupKeyDetail } from '@/api/types'
import { Fact } from '@/components/Fact'
import { Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { Absolute } from '@/components/Time'
import { useSetupKey } from '@/queries/items'
import { Said } from './Said'
import { Expires, keyInWords, State, typeWord, used } from './setupKeyLooks'
import { texts } from './texts'

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
    <Said title={texts.whatItDoes} isOn={key.state === 'valid'}>
      {keyInWords(key)}
    </Said>
  ),
  facts: (
    <>
      <Fact label={texts.setupKeys.beginsWith} mono>
        {key.key}
      </Fact>
      <Fact label={texts.setupKeys.type}>{typeWord(key.type)}</Fact>
      <Fact label={texts.setupKeys.expires}>{key.expires ? <Absolute at={key.expires} /> : texts.never}</Fact>
      <Fact label={texts.setupKeys.used}>{used(key)}</Fact>
      <Fact label={texts.setupKeys.lastUsed}>{key.lastUsed ? <Absolute at={key.lastUsed} /> : texts.never}</Fact>
      <Fact label={texts.setupKeys.puts}>{key.autoGroups.length === 0 ? texts.none : <Refs kind="group" refs={key.autoGroups} count={key.autoGroupsCount} of={key.accountId} />}</Fact>
      <Fact label={texts.setupKeys.ephemeral}>{key.ephemeral ? texts.setupKeys.isEphemeral : texts.no}</Fact>
      <Fact label={texts.setupKeys.names}>{key.allowExtraDnsLabels ? texts.setupKeys.mayName : texts.setupKeys.mayNotName}</Fact>
      <Fact label={texts.setupKeys.changed}>{key.updatedAt && <Absolute at={key.updatedAt} />}</Fact>
    </>
  ),
})

/** A setup key: whether it is good, until when, and what peers that join by it are put into. */
export function SetupKeyPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="setup-key" query={useSetupKey(id, of)} parts={parts} />
}
