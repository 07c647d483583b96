import { getRouteApi, Link } from '@tanstack/react-router'
import { CircleSlash, ShieldQuestionMark } from 'lucide-react'
import type { PolicyDetail, PolicyRule } from '@/api/types'
import { Fact } from '@/components/Fact'
import { ItemLink, Refs } from '@/components/items/ItemLink'
import { ItemPage, type ItemParts } from '@/components/items/ItemPage'
import { Mark } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { usePolicy } from '@/queries/items'
import { InForce } from './inForce'
import { questionsOf, sidesOf } from './policyQuestions'
import { texts } from './texts'

const route = getRouteApi('/frame/policies/$id')

interface SideProps {
  title: string
  groups: PolicyRule['sources']
  resource: PolicyRule['sourceResource']
  of: string
}

/** Whom one side of a rule names, with the ways to them. */
function Side({ title, groups, resource, of }: SideProps) {
  if (groups.length === 0 && !resource) return null
  return (
    <div className="flex items-baseline gap-2 text-13">
      <dt className="w-10 shrink-0 text-text-3">{title}</dt>
      <dd className="min-w-0">
        {groups.length > 0 && <Refs kind="group" refs={groups} of={of} />}
        {resource &&
          (resource.type === 'peer' ? (
            <ItemLink kind="peer" id={resource.id} of={of} className="text-accent-text hover:underline">
              {texts.policies.onePeer}
            </ItemLink>
          ) : (
            <span className="text-text-2">{texts.policies.oneResource}</span>
          ))}
      </dd>
    </div>
  )
}

function Rule({ rule, policy }: { rule: PolicyRule; policy: PolicyDetail }) {
  const isOffItself = policy.enabled && !rule.enabled
  // NetBird gives the only rule of a policy its policy's name.
  const name = rule.name !== policy.name || policy.rules.length > 1 ? rule.name : ''
  return (
    <li className="flex flex-col gap-2 border-t border-line px-4 py-3 first:border-t-0 first:pt-1">
      {(name !== '' || isOffItself) && (
        <p className="flex flex-wrap items-center gap-x-2 text-12 text-text-3">
          {name}
          {isOffItself && (
            <Mark tone="muted" icon={CircleSlash}>
              {texts.off}
            </Mark>
          )}
        </p>
      )}
      <p className={rule.enabled && policy.enabled ? 'text-16 wrap-anywhere' : 'text-16 wrap-anywhere text-text-3'}>{rule.sentence}</p>
      {rule.description !== '' && rule.description !== policy.description && <p className="text-13 wrap-anywhere text-text-2">{rule.description}</p>}
      <dl className="flex flex-col gap-1.5">
        <Side title={texts.policies.from} groups={rule.sources} resource={rule.sourceResource} of={policy.accountId} />
        <Side title={texts.policies.to} groups={rule.destinations} resource={rule.destinationResource} of={policy.accountId} />
      </dl>
      {[...questionsOf({ ...policy, rules: [rule] }), ...sidesOf({ ...policy, rules: [rule] })].map(({ label, search }) => (
        <Link key={label} to="/access" search={search} className="inline-flex items-center gap-1.5 self-start rounded-sm text-13 text-accent-text hover:underline touch:py-2">
          <ShieldQuestionMark aria-hidden className="size-4 shrink-0" />
          <span className="wrap-anywhere">{label}</span>
        </Link>
      ))}
    </li>
  )
}

const parts = (policy: PolicyDetail): ItemParts => ({
  name: policy.name,
  lead: <InForce enabled={policy.enabled} />,
  said: (
    <Card title={policy.rules.length > 1 ? texts.policies.itsRules : texts.policies.itsRule}>
      {policy.rules.length === 0 ? (
        <p className="px-4 pt-1 pb-3 text-13 text-text-2">{texts.policies.saysNothing}</p>
      ) : (
        <ol>
          {policy.rules.map((rule, index) => (
            <Rule key={index} rule={rule} policy={policy} />
          ))}
        </ol>
      )}
    </Card>
  ),
  facts: (
    <>
      <Fact label={texts.description}>{policy.description}</Fact>
      <Fact label={texts.policies.checks}>
        {policy.sourcePostureChecks.length === 0 ? texts.policies.noChecks : <Refs kind="posture-check" refs={policy.sourcePostureChecks} count={policy.sourcePostureChecksCount} of={policy.accountId} />}
      </Fact>
    </>
  ),
})

/** A policy: what its rules say, of whom, and what has to do with it. */
export function PolicyPage() {
  const { id } = route.useParams()
  const { of } = route.useSearch()
  return <ItemPage kind="policy" query={usePolicy(id, of)} parts={parts} />
}
