import { getRouteApi, Link } from '@tanstack/react-router'
import { Bell, BellOff, CheckCheck, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
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
import { listed, plural } from '@/lib/numbers'
import { useShortcuts } from '@/lib/shortcuts'
import { duration } from '@/lib/time'
import { useAlert, type AlertAction } from '@/queries/alerts'
import { BUILT_IN_RULE } from '@/queries/rules'
import { Affected } from './Affected'
import { AlertTimeline } from './AlertTimeline'
import { AroundFired } from './AroundFired'
import { may } from './transitions'

const route = getRouteApi('/frame/alerts/$alertId')

/** To a form that is filled in with the alert's rule and account. */
function SilenceThis({ alert: { ruleId, accountId, status } }: { alert: Alert }) {
  return useCan('alerts:suppress') && status !== 'resolved' ? (
    <Link to="/silences/new" search={{ account: accountId, ...(ruleId !== BUILT_IN_RULE && { rule: ruleId }) }} className="text-13 text-accent-text hover:underline">
      Silence this
    </Link>
  ) : null
}

/** The routes by which it told more than its rule does, by the names that they had; whom, its timeline says. */
function Routes({ alert: { routedBy } }: { alert: Alert }) {
  const mayRead = useCan('rules:read')
  return (
    <ul aria-label="Routes">
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
    <Card title="Details" className="min-w-0 lg:flex-1" action={<SilenceThis alert={alert} />}>
      <dl className="flex flex-col gap-2 px-4 py-2 pb-4">
        <PageFact label="Message">{alert.message}</PageFact>
        {alert.ruleDescription && (
          <PageFact label="What to do">
            <span className="whitespace-pre-line">{alert.ruleDescription}</span>
          </PageFact>
        )}
        <PageFact label="Began">
          <Absolute at={alert.details.beganAt} />
        </PageFact>
        <PageFact label="Rule">
          {alert.ruleId === BUILT_IN_RULE ? (
            alert.ruleName
          ) : (
            <Link to="/rules/$ruleId" params={{ ruleId: alert.ruleId }} className="text-accent-text hover:underline">
              {alert.ruleName}
            </Link>
          )}
        </PageFact>
        {alert.routedBy.length > 0 && (
          <PageFact label="Routes">
            <Routes alert={alert} />
          </PageFact>
        )}
        <PageFact label="Account">{alert.accountName}</PageFact>
        {alert.group && (
          <PageFact label="Group">
            <ItemLink kind="group" id={alert.group.id} of={alert.accountId} className="text-accent-text hover:underline">
              {alert.group.name}
            </ItemLink>
          </PageFact>
        )}
        <PageFact label="Fired">
          <Absolute at={alert.triggeredAt} />
        </PageFact>
        {alert.resolvedAt && (
          <PageFact label="Lasted">{duration(new Date(alert.resolvedAt).getTime() - new Date(alert.triggeredAt).getTime())}</PageFact>
        )}
        {alert.suppressedUntil && (
          <PageFact label="Suppressed">
            {alert.silence && (
              <>
                by the silence{' '}
                <Link to="/silences/$silenceId" params={{ silenceId: alert.silence.id }} className="text-accent-text hover:underline">
                  {alert.silence.name}
                </Link>{' '}
              </>
            )}
            until <Absolute at={alert.suppressedUntil} />
          </PageFact>
        )}
        {isOfPeers && (
          <>
            <PageFact label="Watched">
              {plural(alert.details.of, 'peer')}
              {alert.details.groups.length > 0 && ` of ${listed(alert.details.groups)}`}
            </PageFact>
            <PageFact label="Affected">
              <Affected alert={alert} />
            </PageFact>
          </>
        )}
        <PageFact label="Alert id">
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
        Rule “{alert.ruleName}” · {alert.accountName} ·{' '}
        {alert.resolvedAt ? (
          <>
            resolved <Ago at={alert.resolvedAt} />
          </>
        ) : (
          <>
            for <Lasting at={alert.triggeredAt} />
          </>
        )}
        {alert.status === 'acknowledged' && alert.acknowledgedBy && <> · {alert.acknowledgedBy.name} is on it</>}
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
                Suppress
              </Button>
            )}
            {maySuppress && may.reopen(alert) && (
              <Button icon={Bell} onClick={() => setAction('reopen')}>
                Reopen
              </Button>
            )}
            {mayResolve && (
              <Button icon={CircleCheck} onClick={() => setAction('resolve')}>
                Resolve
              </Button>
            )}
            {mayAcknowledge && (
              <Button variant="primary" icon={CheckCheck} aria-keyshortcuts="a" onClick={() => setAction('acknowledge')}>
                Acknowledge
                <span aria-hidden className="max-sm:hidden">
                  <Kbd>a</Kbd>
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
        {`Alert is ${alert.status}. ${plural(alert.notifications.length, 'notification')}.`}
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
  if (hasSlug(query.error, 'not-found')) {
    return (
      <NoSuch what="alert" to="/alerts">
        It may belong to another tenant, or it ended so long ago that it was deleted.
      </NoSuch>
    )
  }
  return (
    <Loaded query={query} what="the alert" skeleton={<AlertSkeleton />}>
      {(alert) => <Story alert={alert} />}
    </Loaded>
  )
}

export function AlertPage() {
  return useCan('alerts:read') ? <AlertById /> : <NotAllowed what="alerts" permission="alerts:read" />
}
