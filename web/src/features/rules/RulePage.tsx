import { getRouteApi, Link } from '@tanstack/react-router'
import { Copy, Pencil, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useCan, useUser } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { AlertRule } from '@/api/types'
import { announce } from '@/components/announcements'
import { ConfirmDialog } from '@/components/ConfirmDialog'
import { LoadedList } from '@/components/list/LoadedList'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { PageSkeleton, SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { AlertStatusBadge, SeverityBadge } from '@/components/status'
import { Absolute, Lasting } from '@/components/Time'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { duration } from '@/lib/time'
import { useAccounts } from '@/queries/accounts'
import { useAlerts } from '@/queries/alerts'
import { useChannels } from '@/queries/channels'
import { useRecipients } from '@/queries/recipients'
import { useDeleteRule, useRule } from '@/queries/rules'
import { askedBy } from './accessTest'
import { conditionTitle } from './conditions/conditions'
import { lacking } from './lacking'
import { RuleChannels } from './RuleChannels'
import { PAST_DAYS } from './ruleDraft'
import { RuleFact } from './RuleFact'
import { RulePeers } from './RulePeers'
import { RuleSwitch } from './RuleSwitch'
import { WouldHaveFired } from './WouldHaveFired'

const route = getRouteApi('/frame/rules/$ruleId')

function Watches({ rule }: { rule: AlertRule }) {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const account = accounts?.find(({ id }) => id === rule.accountId)
  const asked = askedBy(rule)
  const minutes = (count: number) => duration(count * 60_000)
  return (
    <Card title="What it watches" className="min-w-0">
      <dl className="flex flex-col gap-2 px-4 py-2 pb-4">
        <RuleFact label="Watches for">{conditionTitle(rule.conditionType)}</RuleFact>
        <RuleFact label="Fires">{rule.sentence}</RuleFact>
        {asked && (
          <RuleFact label="Now">
            <Link to="/access" search={asked} className="text-accent-text hover:underline">
              Who reaches what, and why
            </Link>
          </RuleFact>
        )}
        {rule.description && <RuleFact label="What to do">{rule.description}</RuleFact>}
        <RulePeers rule={rule} />
        {(rule.waits ?? []).map(({ accountId, accountName, lists }) => (
          <RuleFact key={accountId} label="Waits">
            <p className="flex items-start gap-1.5 text-warn-text">
              <TriangleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
              <span>
                Not watched in {accountName} for now, since {lacking(lists)}.
              </span>
            </p>
          </RuleFact>
        ))}
        <RuleFact label="Account">{rule.accountId === undefined ? 'Each account by itself' : (account?.name ?? 'One account')}</RuleFact>
        {rule.keepFiringMinutes > 0 && <RuleFact label="Stays open">{minutes(rule.keepFiringMinutes)} after the condition ended</RuleFact>}
      </dl>
    </Card>
  )
}

function Tells({ rule }: { rule: AlertRule }) {
  const user = useUser()
  // The rule is of use without them.
  const { data: recipients = [] } = useRecipients()
  const { data: channels } = useChannels()
  const sent = (
    <Link to="/deliveries" search={{ rule: rule.id }} className="text-13 text-accent-text hover:underline">
      Its deliveries
    </Link>
  )
  return (
    <Card title="Whom it tells" className="min-w-0" action={useCan('alerts:read') && sent}>
      <div className="px-4 pb-4">
        <RuleChannels rule={rule} recipients={recipients} channels={channels} />
        <p className="mt-3 text-12 text-text-3">
          Created {rule.createdBy === user.id && 'by you '}on <Absolute at={rule.createdAt} />
          {rule.updatedAt !== rule.createdAt && (
            <>
              {' '}
              · changed on <Absolute at={rule.updatedAt} />
            </>
          )}
        </p>
      </div>
    </Card>
  )
}

function OpenAlerts({ rule }: { rule: AlertRule }) {
  const list = useAlerts({ ruleId: rule.id, status: 'open,acknowledged,suppressed' })
  const all = (
    <Link to="/alerts" search={{ rule: rule.id, status: ['open', 'acknowledged', 'resolved', 'suppressed'] }} className="text-13 text-accent-text hover:underline">
      All of its alerts
    </Link>
  )
  return (
    <Card title="Open alerts" className="min-w-0" action={all}>
      <LoadedList list={list} what="its alerts" skeleton={<SkeletonRows rows={2} className="h-11" />}>
        {(items) =>
          items.length === 0 ? (
            <p className="px-4 pb-4 text-13 text-text-3">Nothing of this rule is open.</p>
          ) : (
            <ul aria-label="Open alerts" className="pb-2">
              {items.map((alert) => (
                <li key={alert.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2 first:border-t-0">
                  <Link to="/alerts/$alertId" params={{ alertId: alert.id }} className="min-w-0 flex-1 text-14 break-words text-accent-text hover:underline max-sm:basis-full">
                    {alert.title}
                  </Link>
                  <span className="text-13 text-text-3">
                    {alert.accountName} · <Lasting at={alert.triggeredAt} />
                  </span>
                  <AlertStatusBadge status={alert.status} />
                </li>
              ))}
            </ul>
          )
        }
      </LoadedList>
    </Card>
  )
}

function Actions({ rule }: { rule: AlertRule }) {
  const navigate = route.useNavigate()
  const remove = useDeleteRule()
  const [asks, setAsks] = useState(false)
  if (!useCan('rules:write')) return <RuleSwitch rule={rule} />
  return (
    <div className="flex flex-wrap items-center gap-2">
      <RuleSwitch rule={rule} />
      <Link to="/rules/$ruleId/edit" params={{ ruleId: rule.id }} className={buttonClass('primary')}>
        <Pencil aria-hidden className="size-4" />
        Edit
      </Link>
      <Link to="/rules/new" search={{ from: rule.id }} className={buttonClass()}>
        <Copy aria-hidden className="size-4" />
        Duplicate
      </Link>
      <Button icon={Trash2} onClick={() => setAsks(true)}>
        Delete
      </Button>
      {asks && (
        <ConfirmDialog
          title={`Delete “${rule.name}”?`}
          description="It watches no more. Its open alerts are resolved, and whoever was told hears of it. Alerts that are over stay in the list."
          action={`Delete “${rule.name}”`}
          keep="Keep it"
          failed="The rule was not deleted"
          mutation={remove}
          request={rule.id}
          onDone={() => {
            announce(`Rule “${rule.name}” was deleted.`)
            void navigate({ to: '/rules' })
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </div>
  )
}

/** What the rule is tested on the past with. */
const pastOf = ({ conditionType, conditionConfig, accountId, forMinutes, keepFiringMinutes }: AlertRule) => ({ conditionType, conditionConfig, forMinutes, keepFiringMinutes, days: PAST_DAYS, ...(accountId && { accountId }) })

function Rule({ rule }: { rule: AlertRule }) {
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-4">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <SeverityBadge severity={rule.severity} />
          <h2 className="mt-2 text-20 font-semibold break-words">{rule.name}</h2>
        </div>
        <Actions rule={rule} />
      </div>
      <div className="flex flex-col gap-4 lg:flex-row lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 lg:flex-[1.6]">
          <Watches rule={rule} />
          <WouldHaveFired type={rule.conditionType} body={pastOf(rule)} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:flex-1">
          <OpenAlerts rule={rule} />
          <Tells rule={rule} />
        </div>
      </div>
    </>
  )
}

export function RulePage() {
  const { ruleId } = route.useParams()
  const query = useRule(ruleId)
  usePageName(query.data?.name)
  if (hasSlug(query.error, 'not-found')) {
    return (
      <NoSuch what="rule" to="/rules">
        It was deleted, or is of another tenant.
      </NoSuch>
    )
  }
  return (
    <Loaded query={query} what="the rule" skeleton={<PageSkeleton rows={5} />}>
      {(rule) => <Rule rule={rule} />}
    </Loaded>
  )
}
