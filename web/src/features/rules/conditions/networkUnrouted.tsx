import { limits } from '@/api/__generated__/limits'
import type { NetworkUnroutedConfig } from '@/api/types'
import { AskedAccount } from '@/components/AskedAccount'
import { Checkbox, FieldMessage, SelectField } from '@/components/ui/Field'
import { useAskedAccount } from '@/components/useAskedAccount'
import { plural } from '@/lib/numbers'
import { useNetworks } from '@/queries/network'
import type { ConditionKind, FieldsProps } from './kind'

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
      <legend className="mb-1 text-13 font-medium">Which networks</legend>
      <AskedAccount accountId={account} accounts={accounts} onChange={(of) => change({ networks: [] }, of)} />
      <div className="max-h-60 overflow-y-auto">
        {rows.map(({ id, name }) => (
          <Checkbox key={id} label={name} checked={draft.networks.includes(id)} onChange={(isOn) => mark(id, isOn)} />
        ))}
        {gone.map((id) => (
          <Checkbox key={id} label={`${id} (gone)`} checked onChange={() => mark(id, false)} />
        ))}
      </div>
      {failed && <p className="text-13 text-text-3">The account’s networks could not be read.</p>}
      {error && <FieldMessage>{error}</FieldMessage>}
    </fieldset>
  )
}

function Fields(props: FieldsProps<Draft>) {
  const { draft, change } = props
  return (
    <>
      <SelectField label="Networks" hint="Networks without resources are not watched." value={draft.some ? 'some' : 'all'} onChange={(event) => change({ some: event.target.value === 'some' })}>
        <option value="all">All of them</option>
        <option value="some">Some of one account</option>
      </SelectField>
      {draft.some && <Networks {...props} />}
      <Checkbox label="Routes of the older kind, too" hint="Those of one name stand in for each other. Routes that are switched off are not watched." checked={draft.routes} onChange={(routes) => change({ routes })} />
    </>
  )
}

export const networkUnrouted: ConditionKind<Draft, NetworkUnroutedConfig> = {
  blank: () => ({ some: false, networks: [], routes: true }),
  draftOf: ({ networks = [], routes = false }) => ({ some: networks.length > 0, networks: [...networks], routes }),
  wrong: ({ some, networks }) => ({
    ...(some && networks.length === 0 && { networks: 'Choose at least one network.' }),
    ...(some && networks.length > MOST && { networks: `At most ${MOST} networks.` }),
  }),
  toConfig: ({ some, networks, routes }) => ({ networks: some ? [...networks] : [], routes }),
  clause: ({ some, networks, routes }) => {
    if (!some || networks.length === 0) return `a network${routes ? ' or route' : ''} has no routing peer online`
    const which = networks.length === 1 ? 'a certain network' : `any of ${plural(networks.length, 'network')}`
    return `${which}${routes ? ', or a route,' : ''} has no routing peer online`
  },
  Fields,
}
