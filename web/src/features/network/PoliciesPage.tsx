import { Waypoints } from 'lucide-react'
import type { Policy } from '@/api/types'
import { AccessMenu } from '@/components/AccessMenu'
import { AccountBanners } from '@/components/AccountBanners'
import { eitherOf } from '@/components/list/address'
import { ItemLink, ROW_LINK } from '@/components/items/ItemLink'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { NothingSynced } from '@/components/NothingSynced'
import { policyTries } from '@/components/tries'
import { namesOf } from '@/lib/refs'
import { questionsOf } from './policyQuestions'
import { idInAccount, usePolicies } from '@/queries/network'
import { given } from '@/queries/pages'
import { accountColumn } from './accountColumn'
import { GROUP_FILTER } from './groupFilter'
import { IN_FORCE_FILTER, inForceColumn } from './inForce'
import { useNetworkList } from './networkList'
import { texts } from './texts'

/** What a policy says: each of its rules in words, those that are off by themselves named as such. */
const saying = ({ rules, enabled }: Policy): string =>
  rules.length === 0 ? texts.policies.noRules : rules.map((rule) => (enabled && !rule.enabled ? texts.policies.ruleOff({ rule: rule.sentence }) : rule.sentence)).join('; ')

/** All of a policy, as the small room of a row has only its rules. */
const whole = (policy: Policy): string =>
  [
    ...(policy.description === '' ? [] : [policy.description]),
    saying(policy),
    ...(policy.sourcePostureChecks.length === 0 ? [] : [texts.policies.checksLine({ checks: namesOf(policy.sourcePostureChecks) })]),
  ].join('\n')

const definitionFor = (severalAccounts: boolean): ListDefinition<Policy> => ({
  id: 'policies',
  label: texts.policies.label,
  one: texts.policies.one,
  many: texts.policies.many,
  idOf: idInAccount,
  name: {
    id: 'name',
    title: texts.policies.policy,
    sort: 'name',
    text: ({ name }) => name,
    fewest: 40,
    cell: (policy) => (
      <ItemLink kind="policy" id={policy.id} of={policy.accountId} className={ROW_LINK} title={whole(policy)}>
        {policy.name}
      </ItemLink>
    ),
    below: (policy) => <span title={whole(policy)}>{saying(policy)}</span>,
  },
  columns: [
    inForceColumn(),
    ...accountColumn<Policy>(severalAccounts),
  ],
  more: [
    { title: texts.description, text: ({ description }) => description },
    { title: texts.policies.rules, text: saying },
    { title: texts.policies.checks, text: ({ sourcePostureChecks }) => namesOf(sourcePostureChecks) },
  ],
  actions: { width: 56, card: 'beside', cell: (policy) => <AccessMenu name={policy.name} choices={questionsOf(policy)} tries={policyTries(policy)} /> },
  filters: [IN_FORCE_FILTER, GROUP_FILTER],
  searches: texts.descriptionSearch,
  sort: 'name',
})

/** Who may reach what in the connected networks, in words. */
export function PoliciesPage() {
  const { definition, accountId, search, sort, filters } = useNetworkList(definitionFor)
  const list = usePolicies(given({ search, sort, enabled: eitherOf(filters.enabled), group: filters.group?.[0], accountId }))
  return (
    <>
      <AccountBanners />
      <List
        definition={definition}
        list={list}
        empty={
          <NothingSynced icon={Waypoints} title={texts.policies.empty}>
            {texts.policies.whyEmpty}
          </NothingSynced>
        }
      />
    </>
  )
}
