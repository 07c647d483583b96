import { limits } from '@/api/__generated__/limits'
import type { NetworkUnroutedConfig } from '@/api/types'
import { AskedAccount } from '@/components/AskedAccount'
import { Checkbox, FieldMessage, SelectField } from '@/components/ui/Field'
import { useAskedAccount } from '@/components/useAskedAccount'
import { useNetworks } from '@/queries/network'
import type { ConditionKind, FieldsProps } from './kind'
import { texts } from './texts'

interface Draft {
  /** Whether only those that are named count. */
  some: boolean
  networks: string[]
  routes: boolean
}

const MOST = limits.NetworkUnroutedConfig.networks.maxItems

/** The networks of one account, those that are watched marked. */
function Networks({ draft, accountId, errorOf, change }: FieldsProps<Draft>) {
  const { accounts, accountId: usual } = useAskedAccount(accountId || undefined)
  const account = accountId || usual || ''
  const { items: rows = [], error: failed, fading } = useNetworks({ accountId: account })
  const isPending = fading || (rows.length === 0 && !failed)
  const error = errorOf('networks')
  const mark = (id: string, isOn: boolean) => change({ networks: isOn ? [...draft.networks, id] : draft.networks.filter((one) => one !== id) }, account)
  const gone = isPending ? [] : draft.networks.filter((id) => !rows.some((network) => network.id === id))
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-13 font-medium">{texts.networkUnrouted.whichNetworks}</legend>
      <AskedAccount accountId={account} accounts={accounts} onChange={(of) => change({ networks: [] }, of)} />
      <div className="max-h-60 overflow-y-auto">
        {rows.map(({ id, name }) => (
          <Checkbox key={id} label={name} checked={draft.networks.includes(id)} onChange={(isOn) => mark(id, isOn)} />
        ))}
        {gone.map((id) => (
          <Checkbox key={id} label={texts.networkUnrouted.gone({ id })} checked onChange={() => mark(id, false)} />
        ))}
      </div>
      {failed && <p className="text-13 text-text-3">{texts.networkUnrouted.accountsNetworksCouldNot}</p>}
      {error && <FieldMessage>{error}</FieldMessage>}
    </fieldset>
  )
}

function Fields(props: FieldsProps<Draft>) {
  const { draft, change } = props
  return (
    <>
      <SelectField label={texts.networkUnrouted.networks} hint={texts.networkUnrouted.networksHint} value={draft.some ? 'some' : 'all'} onChange={(event) => change({ some: event.target.value === 'some' })}>
        <option value="all">{texts.networkUnrouted.allThem}</option>
        <option value="some">{texts.networkUnrouted.someOneAccount}</option>
      </SelectField>
      {draft.some && <Networks {...props} />}
      <Checkbox label={texts.networkUnrouted.routesOlderKindToo} hint={texts.networkUnrouted.routesOlderKindTooHint} checked={draft.routes} onChange={(routes) => change({ routes })} />
    </>
  )
}

export const networkUnrouted: ConditionKind<Draft, NetworkUnroutedConfig> = {
  blank: () => ({ some: false, networks: [], routes: true }),
  draftOf: ({ networks = [], routes = false }) => ({ some: networks.length > 0, networks: [...networks], routes }),
  wrong: ({ some, networks }) => ({
    ...(some && networks.length === 0 && { networks: texts.networkUnrouted.chooseAtLeastOne }),
    ...(some && networks.length > MOST && { networks: texts.networkUnrouted.atMostNetworks({ most: MOST }) }),
  }),
  toConfig: ({ some, networks, routes }) => ({ networks: some ? [...networks] : [], routes }),
  Fields,
}
