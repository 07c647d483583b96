import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Plus, SlidersHorizontal } from 'lucide-react'
import { useCan, useUser } from '@/api/client'
import type { AlertRule, Recipient } from '@/api/types'
import { SkeletonRows } from '@/components/Skeleton'
import { Empty, Loaded, NotAllowed } from '@/components/states'
import { SeverityBadge } from '@/components/status'
import { Absolute } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { plural } from '@/lib/numbers'
import { useRowKeys } from '@/lib/rowKeys'
import { useRecipients } from '@/queries/recipients'
import { useRules } from '@/queries/rules'
import { RecipientsCard } from './RecipientsCard'
import { RuleAudience } from './RuleAudience'
import { RuleSwitch } from './RuleSwitch'

function Row({ rule, recipients }: { rule: AlertRule; recipients: readonly Recipient[] }) {
  const user = useUser()
  return (
    <li
      id={rule.id}
      data-row={rule.id}
      className="flex scroll-mt-20 flex-wrap items-start gap-x-4 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 target:bg-accent-soft focus-within:bg-surface-2 sm:flex-nowrap"
    >
      <SeverityBadge severity={rule.severity} className="sm:w-26" />
      <div className={clsx('min-w-0 flex-1 max-sm:w-full max-sm:flex-none', !rule.enabled && 'text-text-3')}>
        <h2 className="text-14 font-semibold">
          <Link to="/rules/$ruleId" params={{ ruleId: rule.id }} className="hover:underline">
            {rule.name}
          </Link>
        </h2>
        <p className="mt-0.5 text-14">{rule.sentence}</p>
        {rule.description && <p className="mt-0.5 text-13 text-text-3">{rule.description}</p>}
        <RuleAudience rule={rule} recipients={recipients} />
        <p className="mt-1 text-12 text-text-3">
          Created {rule.createdBy === user.id && 'by you '}on <Absolute at={rule.createdAt} />
        </p>
      </div>
      <RuleSwitch rule={rule} />
      <Link to="/alerts" search={{ rule: rule.id, status: ['open', 'acknowledged', 'resolved', 'suppressed'] }} className={buttonClass('secondary')}>
        Its alerts<span className="sr-only">: {rule.name}</span>
      </Link>
    </li>
  )
}

function NewRuleLink() {
  return useCan('rules:write') ? (
    <Link to="/rules/new" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      New rule
    </Link>
  ) : null
}

function Rules() {
  const query = useRules()
  // The rules are of use without them.
  const { data: recipients = [] } = useRecipients()
  useRowKeys({ ids: query.data?.map(({ id }) => id) ?? [] })
  return (
    <>
      <div className="mb-4 flex min-h-8 items-center gap-2">
        <p role="status" className="text-13 text-text-3">
          {query.data && plural(query.data.length, 'rule')}
        </p>
        <div className="ml-auto">
          <NewRuleLink />
        </div>
      </div>
      <Card>
        <Loaded query={query} what="the rules" skeleton={<SkeletonRows rows={4} className="h-24" />}>
          {(rules) =>
            rules.length === 0 ? (
              <Empty icon={SlidersHorizontal} title="No rule yet" action={<NewRuleLink />}>
                A rule defines when something is wrong, and who is notified. Without a rule, nothing is watched.
              </Empty>
            ) : (
              <ul aria-label="Rules">
                {rules.map((rule) => (
                  <Row key={rule.id} rule={rule} recipients={recipients} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      {query.data && query.data.length > 0 && <RecipientsCard />}
    </>
  )
}

export function RulesPage() {
  return useCan('rules:read') ? <Rules /> : <NotAllowed what="rules" permission="rules:read" />
}
