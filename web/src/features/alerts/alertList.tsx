import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Alert, AlertRule } from '@/api/types'
import type { ListDefinition, Option } from '@/components/list/definition'
import { alertStatusWord, AlertStatusMark, SEVERITIES, SeverityBadge, severityWord } from '@/components/status'
import { Ago, Clock, Lasting } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { phrase } from '@/lib/phrase'
import { duration } from '@/lib/time'
import { peerSearchQuery } from '@/queries/peers'
import type { AlertAction } from '@/queries/alerts'
import { texts } from './texts'
import { may } from './transitions'

function Course({ alert }: { alert: Alert }) {
  if (alert.resolvedAt) {
    const lasted = new Date(alert.resolvedAt).getTime() - new Date(alert.triggeredAt).getTime()
    return (
      <>
        {phrase(texts.course.resolved, { when: <Ago at={alert.resolvedAt} />, lasted: duration(lasted) })}
      </>
    )
  }
  if (alert.suppressedUntil && alert.status === 'suppressed') {
    return (
      <>
        {phrase(texts.course.until, { when: <Clock at={alert.suppressedUntil} /> })}
      </>
    )
  }
  return alert.acknowledgedBy && alert.acknowledgedAt ? (
    <>
      {alert.acknowledgedBy.name}, <Clock at={alert.acknowledgedAt} />
    </>
  ) : (
    texts.course.nobodyYet
  )
}

function About({ alert }: { alert: Alert }) {
  return (
    <>
      {alert.resolvedAt
        ? phrase(texts.about.since, { ruleName: alert.ruleName, accountName: alert.accountName, when: <Clock at={alert.triggeredAt} /> })
        : phrase(texts.about.lasting, { ruleName: alert.ruleName, accountName: alert.accountName, when: <Clock at={alert.triggeredAt} />, lasting: <Lasting at={alert.triggeredAt} /> })}
    </>
  )
}

const WORDS: Record<AlertAction, string> = { acknowledge: texts.words.acknowledge, suppress: texts.words.suppress, reopen: texts.words.reopen, resolve: texts.words.resolve }

/** Those that are called like what is typed, the first few. */
function usePeerOptions(typed: string): readonly Option[] | undefined {
  const { data, isError } = useQuery(peerSearchQuery(typed))
  return data?.map((peer) => ({ value: `${peer.accountId}/${peer.id}`, label: peer.name })) ?? (isError ? [] : undefined)
}

interface AlertListOptions {
  rules: readonly AlertRule[]
  /** What the peer is called that the address names by id alone. */
  peerName: string | undefined
  mayAcknowledge: boolean
  mayResolve: boolean
  onChange: (action: AlertAction, alert: Alert) => void
}

export const alertList = ({ rules, peerName, mayAcknowledge, mayResolve, onChange }: AlertListOptions): ListDefinition<Alert> => ({
  id: 'alerts',
  label: texts.alertList.alerts,
  one: texts.alertList.alert,
  idOf: ({ id }) => id,
  nameLines: 2,
  name: {
    id: 'title',
    title: texts.alertList.title,
    // A sentence, beside what says as much.
    letters: 28,
    text: ({ title }) => title,
    cell: ({ id, title }) => (
      <Link to="/alerts/$alertId" params={{ alertId: id }} className="font-medium after:absolute after:inset-0 hover:underline">
        {title}
      </Link>
    ),
    below: (alert) => <About alert={alert} />,
  },
  columns: [
    {
      id: 'severity',
      title: texts.alertList.severity,
      width: 116,
      priority: 10,
      leads: true,
      card: 'below',
      text: ({ severity }) => severityWord(severity),
      cell: ({ severity }) => <SeverityBadge severity={severity} />,
    },
    {
      id: 'status',
      title: texts.alertList.status,
      width: 180,
      priority: 9,
      card: 'below',
      text: ({ status }) => alertStatusWord(status),
      cell: (alert, { gone }) => (
        <span className="text-13">
          <AlertStatusMark status={alert.status} />
          <span className="block truncate text-text-3 max-sm:hidden">{gone ? texts.alertList.noLongerListedHere : <Course alert={alert} />}</span>
        </span>
      ),
    },
  ],
  more: [
    { title: texts.alertList.rule, text: ({ ruleName }) => ruleName },
    { title: texts.alertList.account, text: ({ accountName }) => accountName },
    { title: texts.alertList.since, text: ({ triggeredAt }) => triggeredAt },
    { title: texts.alertList.acknowledgedBy, text: ({ acknowledgedBy }) => acknowledgedBy?.name ?? '' },
    { title: texts.alertList.resolved, text: ({ resolvedAt }) => resolvedAt ?? '' },
  ],
  filters: [
    { id: 'status', title: texts.alertList.status, several: true, elsewhere: true },
    { id: 'severity', title: texts.alertList.severity, several: true, options: SEVERITIES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })) },
    { id: 'rule', title: texts.alertList.rule, options: rules.map(({ id, name }) => ({ value: id, label: name })) },
    { id: 'peer', title: texts.alertList.peer, open: true, takes: { fits: (text) => /^[\w-]+\/./.test(text), words: texts.alertList.noPeerCalledSo }, useOptions: usePeerOptions, word: (peer) => peerName ?? peer.slice(peer.indexOf('/') + 1) },
  ],
  ...((mayAcknowledge || mayResolve) && {
    actions: {
      width: 136,
      cell: (alert: Alert) => {
        // What comes next; the other act is on the alert's page, and among those on what is selected.
        const action = mayAcknowledge && may.acknowledge(alert) ? 'acknowledge' : mayResolve && may.resolve(alert) ? 'resolve' : undefined
        return (
          action && (
            <Button onClick={() => onChange(action, alert)}>
              {WORDS[action]}
              <span className="sr-only">: {alert.title}</span>
            </Button>
          )
        )
      },
    },
  }),
})
