import { getRouteApi, Link } from '@tanstack/react-router'
import { Bell, BellOff, CheckCheck, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { Alert } from '@/api/types'
import { ChangeAlertsDialog } from '@/components/ChangeAlertsDialog'
import { ItemLink } from '@/components/items/ItemLink'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { PageFact } from '@/components/setUp/pages'
import { Bone, SkeletonRows } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { AlertStatusBadge, SeverityBadge } from '@/components/status'
import { Absolute, Ago, Lasting } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Kbd } from '@/components/ui/Kbd'
import { phrase } from '@/lib/phrase'
import { useShortcuts } from '@/lib/shortcuts'
import { duration } from '@/lib/time'
import { useAlert, type AlertAction } from '@/queries/alerts'
import { BUILT_IN_RULE } from '@/queries/rules'
import { Affected } from './Affected'
import { AlertTimeline } from './AlertTimeline'
import { AroundFired } from './AroundFired'
import { texts } from './texts'
import { may } from './transitions'

const route = getRouteApi('/frame/alerts/$alertId')

/** To a form that is filled in with the alert's rule and account. */
function SilenceThis({ alert: { ruleId, accountId, status } }: { alert: Alert }) {
  return useCan('alerts:suppress') && status !== 'resolved' ? (
    <Link to="/silences/new" search={{ account: accountId, ...(ruleId !== BUILT_IN_RULE && { rule: ruleId }) }} className="text-13 text-accent-text hover:underline">
      {texts.silenceThis.silence}
    </Link>
  ) : null
}

/** The routes by which it told more than its rule does, by the names that they had; whom, its timeline says. */
function Routes({ alert: { routedBy } }: { alert: Alert }) {
  const mayRead = useCan('rules:read')
  return (
    <ul aria-label={texts.routes.routes}>
      {routedBy.map(({ id, name }) => (
        <li key={id}>
          {mayRead ? (
            <Link to="/routing/$routeId" params={{ routeId: id }} className="text-accent-text hover:underline">
              {name}
            </Link>
          ) : (
            name
          )}
        </li>
      ))}
    </ul>
  )
}

function Details({ alert }: { alert: Alert }) {
  // Those of keys, networks and events count something else, which their title and message tell.
  const isOfPeers = alert.details.affected.peers.length > 0 || alert.details.groups.length > 0
  return (
    <Card title={texts.details.title} className="min-w-0 lg:flex-1" action={<SilenceThis alert={alert} />}>
      <dl className="flex flex-col gap-2 px-4 py-2 pb-4">
        <PageFact label={texts.details.message}>{alert.message}</PageFact>
        {alert.ruleDescription && (
          <PageFact label={texts.details.whatDo}>
            <span className="whitespace-pre-line">{alert.ruleDescription}</span>
          </PageFact>
        )}
        <PageFact label={texts.details.began}>
          <Absolute at={alert.details.beganAt} />
        </PageFact>
        <PageFact label={texts.details.rule}>
          {alert.ruleId === BUILT_IN_RULE ? (
            alert.ruleName
          ) : (
            <Link to="/rules/$ruleId" params={{ ruleId: alert.ruleId }} className="text-accent-text hover:underline">
              {alert.ruleName}
            </Link>
          )}
        </PageFact>
        {alert.routedBy.length > 0 && (
          <PageFact label={texts.details.routes}>
            <Routes alert={alert} />
          </PageFact>
        )}
        <PageFact label={texts.details.account}>{alert.accountName}</PageFact>
        {alert.group && (
          <PageFact label={texts.details.group}>
            <ItemLink kind="group" id={alert.group.id} of={alert.accountId} className="text-accent-text hover:underline">
              {alert.group.name}
            </ItemLink>
          </PageFact>
        )}
        <PageFact label={texts.details.fired}>
          <Absolute at={alert.triggeredAt} />
        </PageFact>
        {alert.resolvedAt && (
          <PageFact label={texts.details.lasted}>{duration(new Date(alert.resolvedAt).getTime() - new Date(alert.triggeredAt).getTime())}</PageFact>
        )}
        {alert.suppressedUntil && (
          <PageFact label={texts.details.suppressed}>
            {alert.silence && (
              <>
                {phrase(texts.details.bySilence, { name: <Link to="/silences/$silenceId" params={{ silenceId: alert.silence.id }} className="text-accent-text hover:underline">
                  {alert.silence.name}
                </Link> })}
              </>
            )}
            {phrase(texts.details.until, { when: <Absolute at={alert.suppressedUntil} /> })}
          </PageFact>
        )}
        {isOfPeers && (
          <>
            <PageFact label={texts.details.watched}>
              {alert.details.groups.length > 0 ? texts.details.peersOf({ count: alert.details.of, groups: alert.details.groups }) : texts.details.peers({ count: alert.details.of })}
            </PageFact>
            <PageFact label={texts.details.affected}>
              <Affected alert={alert} />
            </PageFact>
          </>
        )}
        <PageFact label={texts.details.alertId}>
          <code className="font-mono text-12 break-all select-all">{alert.id}</code>
        </PageFact>
      </dl>
    </Card>
  )
}

function Lead({ alert }: { alert: Alert }) {
  return (
    <div className="min-w-0 flex-1">
      <div className="flex flex-wrap gap-2">
        <SeverityBadge severity={alert.severity} />
        <AlertStatusBadge status={alert.status} />
      </div>
      <h2 className="mt-2 text-20 font-semibold">{alert.title}</h2>
      <p className="mt-0.5 text-14 text-text-3">
        {texts.lead.rule({ ruleName: alert.ruleName, accountName: alert.accountName })}
        {alert.resolvedAt ? (
          <>
            {phrase(texts.lead.resolved, { when: <Ago at={alert.resolvedAt} /> })}
          </>
        ) : (
          <>
            {phrase(texts.lead.for, { when: <Lasting at={alert.triggeredAt} /> })}
          </>
        )}
        {alert.status === 'acknowledged' && alert.acknowledgedBy && <> {texts.lead.on({ name: alert.acknowledgedBy.name })}</>}
      </p>
    </div>
  )
}

function Story({ alert }: { alert: Alert }) {
  const [action, setAction] = useState<AlertAction | null>(null)
  const mayAcknowledge = useCan('alerts:acknowledge') && may.acknowledge(alert)
  const mayResolve = useCan('alerts:resolve') && may.resolve(alert)
  const maySuppress = useCan('alerts:suppress')
  useShortcuts(mayAcknowledge ? { a: () => setAction('acknowledge') } : {})
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-4">
        <Lead alert={alert} />
        {(mayAcknowledge || mayResolve || (maySuppress && may.reopen(alert))) && (
          // On a phone the actions stay at the bottom edge, within the thumb's reach.
          <div className="flex gap-3 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-20 max-sm:border-t max-sm:border-line max-sm:bg-surface-1 max-sm:p-3 max-sm:pb-[max(0.75rem,env(safe-area-inset-bottom))] max-sm:*:flex-1">
            {maySuppress && may.suppress(alert) && (
              <Button icon={BellOff} onClick={() => setAction('suppress')}>
                {texts.story.suppress}
              </Button>
            )}
            {maySuppress && may.reopen(alert) && (
              <Button icon={Bell} onClick={() => setAction('reopen')}>
                {texts.story.reopen}
              </Button>
            )}
            {mayResolve && (
              <Button icon={CircleCheck} onClick={() => setAction('resolve')}>
                {texts.story.resolve}
              </Button>
            )}
            {mayAcknowledge && (
              <Button variant="primary" icon={CheckCheck} aria-keyshortcuts="a" onClick={() => setAction('acknowledge')}>
                {texts.story.acknowledge}
                <span aria-hidden className="max-sm:hidden">
                  <Kbd>{texts.story.a}</Kbd>
                </span>
              </Button>
            )}
          </div>
        )}
      </div>
      <div className="flex flex-col gap-4 max-sm:pb-20 lg:flex-row lg:items-start">
        <div className="flex min-w-0 flex-col gap-4 lg:flex-[1.6]">
          <AroundFired alert={alert} />
          <AlertTimeline alert={alert} />
        </div>
        <Details alert={alert} />
      </div>
      <p className="sr-only" role="status">
        {texts.story.alert({ status: alert.status, notifications: alert.notifications.length })}
      </p>
      {action && <ChangeAlertsDialog action={action} alerts={[alert]} onClose={() => setAction(null)} />}
    </>
  )
}

function AlertSkeleton() {
  return (
    <>
      <Bone className="h-6 w-48" />
      <Bone className="mt-3 h-6 w-96 max-w-full" />
      <div className="mt-4 rounded-lg border border-line bg-surface-1">
        <SkeletonRows rows={5} className="h-13" />
      </div>
    </>
  )
}

function AlertById() {
  const { alertId } = route.useParams()
  const query = useAlert(alertId)
  usePageName(query.data?.title)
  return (
    <Loaded
      query={query}
      what={texts.alertById.theAlert}
      skeleton={<AlertSkeleton />}
      gone={
        <NoSuch what={texts.alertById.alert} to="/alerts">
          {texts.alertById.mayBelongAnotherTenant}
        </NoSuch>
      }
    >
      {(alert) => <Story alert={alert} />}
    </Loaded>
  )
}

export function AlertPage() {
  return useCan('alerts:read') ? <AlertById /> : <NotAllowed what={texts.alertPage.alerts} permission="alerts:read" />
}
