import { getRouteApi, Link } from '@tanstack/react-router'
import { Copy, TriangleAlert } from 'lucide-react'
import { useCan, useUser } from '@/api/client'
import type { AlertRule } from '@/api/types'
import { EditLink } from '@/components/setUp/links'
import { DeleteButton, OneHeader, OnePage, PageFact } from '@/components/setUp/pages'
import { LoadedList } from '@/components/list/LoadedList'
import { SkeletonRows } from '@/components/Skeleton'
import { AlertStatusBadge, SeverityBadge } from '@/components/status'
import { Absolute, Lasting } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { duration } from '@/lib/time'
import { useAccounts } from '@/queries/accounts'
import { useAlerts } from '@/queries/alerts'
import { useChannels } from '@/queries/channels'
import { useRecipients } from '@/queries/recipients'
import { useDeleteRule, useRule } from '@/queries/rules'
import { askedBy } from './accessTest'
import { conditionTitle } from './conditions/conditions'
import { lacking } from './lacking'
import { AlsoRouted } from './AlsoRouted'
import { RuleChannels } from './RuleChannels'
import { PAST_DAYS } from './ruleDraft'
import { RulePeers } from './RulePeers'
import { RuleSwitch } from './RuleSwitch'
import { texts } from './texts'
import { WouldHaveFired } from './WouldHaveFired'

const route = getRouteApi('/frame/rules/$ruleId')

function Watches({ rule }: { rule: AlertRule }) {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const account = accounts?.find(({ id }) => id === rule.accountId)
  const asked = askedBy(rule)
  const minutes = (count: number) => duration(count * 60_000)
  return (
    <Card title={texts.watches.title} className="min-w-0">
      <dl className="flex flex-col gap-2 px-4 py-2 pb-4">
        <PageFact label={texts.watches.watchesFor}>{conditionTitle(rule.conditionType)}</PageFact>
        <PageFact label={texts.watches.fires}>{rule.sentence}</PageFact>
        {asked && (
          <PageFact label={texts.watches.now}>
            <Link to="/access" search={asked} className="text-accent-text hover:underline">
              {texts.watches.whoReachesWhatWhy}
            </Link>
          </PageFact>
        )}
        {rule.description && <PageFact label={texts.watches.whatDo}>{rule.description}</PageFact>}
        <RulePeers rule={rule} />
        {(rule.waits ?? []).map(({ accountId, accountName, lists }) => (
          <PageFact key={accountId} label={texts.watches.waits}>
            <p className="flex items-start gap-1.5 text-warn-text">
              <TriangleAlert aria-hidden className="mt-0.75 size-3.5 shrink-0" />
              <span>
                {texts.watches.notWatchedInFor({ accountName, lacking: lacking(lists) })}
              </span>
            </p>
          </PageFact>
        ))}
        <PageFact label={texts.watches.account}>{rule.accountId === undefined ? texts.watches.eachAccountByItself : (account?.name ?? texts.watches.oneAccount)}</PageFact>
        {rule.keepFiringMinutes > 0 && <PageFact label={texts.watches.staysOpen}>{texts.watches.afterConditionEnded({ minutes: minutes(rule.keepFiringMinutes) })}</PageFact>}
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
      {texts.tells.itsDeliveries}
    </Link>
  )
  return (
    <Card title={texts.tells.title} className="min-w-0" action={useCan('alerts:read') && sent}>
      <div className="px-4 pb-4">
        <RuleChannels rule={rule} recipients={recipients} channels={channels} />
        <AlsoRouted rule={rule} channels={channels} />
        <p className="mt-3 text-12 text-text-3">
          {phrase(rule.createdBy === user.id ? texts.tells.createdByYou : texts.tells.created, { when: <Absolute at={rule.createdAt} /> })}
          {rule.updatedAt !== rule.createdAt && <> · {phrase(texts.tells.changed, { when: <Absolute at={rule.updatedAt} /> })}</>}
        </p>
      </div>
    </Card>
  )
}

function OpenAlerts({ rule }: { rule: AlertRule }) {
  const list = useAlerts({ ruleId: rule.id, status: 'open,acknowledged,suppressed' })
  const all = (
    <Link to="/alerts" search={{ rule: rule.id, status: ['open', 'acknowledged', 'resolved', 'suppressed'] }} className="text-13 text-accent-text hover:underline">
      {texts.openAlerts.allItsAlerts}
    </Link>
  )
  return (
    <Card title={texts.openAlerts.title} className="min-w-0" action={all}>
      <LoadedList list={list} what={texts.openAlerts.itsAlerts} skeleton={<SkeletonRows rows={2} className="h-11" />}>
        {(items) =>
          items.length === 0 ? (
            <p className="px-4 pb-4 text-13 text-text-3">{texts.openAlerts.nothingRuleOpen}</p>
          ) : (
            <ul aria-label={texts.openAlerts.title} className="pb-2">
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
  const remove = useDeleteRule()
  if (!useCan('rules:write')) return <RuleSwitch rule={rule} />
  return (
    <div className="flex flex-wrap items-center gap-2">
      <RuleSwitch rule={rule} />
      <EditLink kind="rule" id={rule.id} />
      <Link to="/rules/new" search={{ from: rule.id }} className={buttonClass()}>
        <Copy aria-hidden className="size-4" />
        {texts.actions.duplicate}
      </Link>
      <DeleteButton
        kind="rule"
        one={rule}
        description={texts.actions.description}
        mutation={remove}
      />
    </div>
  )
}

/** What the rule is tested on the past with. */
const pastOf = ({ conditionType, conditionConfig, accountId, forMinutes, keepFiringMinutes }: AlertRule) => ({ conditionType, conditionConfig, forMinutes, keepFiringMinutes, days: PAST_DAYS, ...(accountId && { accountId }) })

function Rule({ rule }: { rule: AlertRule }) {
  return (
    <>
      <OneHeader lead={<SeverityBadge severity={rule.severity} />} name={rule.name} actions={<Actions rule={rule} />} />
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
  return (
    <OnePage kind="rule" query={useRule(ruleId)} rows={5}>
      {(rule) => <Rule rule={rule} />}
    </OnePage>
  )
}
