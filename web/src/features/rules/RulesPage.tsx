import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CirclePause, Globe, Mail, Plus, SlidersHorizontal } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { AlertRule, Recipient } from '@/api/types'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { Empty, NotAllowed } from '@/components/states'
import { SEVERITIES, SeverityBadge, severityWord } from '@/components/status'
import { Ago } from '@/components/Time'
import { Badge, TEXT_TONE } from '@/components/ui/Badge'
import { buttonClass } from '@/components/ui/Button'
import { listed } from '@/lib/numbers'
import { useRecipients } from '@/queries/recipients'
import { useRules } from '@/queries/rules'
import { RecipientsCard } from './RecipientsCard'
import { recipientLook, unreached } from './recipientStatus'

function Audience({ rule, recipients }: { rule: AlertRule; recipients: readonly Recipient[] }) {
  const { email, webhook } = rule.notificationConfig
  const headers = Object.keys(webhook?.headers ?? {})
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-13 text-text-3">
      {email?.enabled && (
        <li className="flex min-w-0 items-center gap-1.5">
          <Mail aria-label="Email" className="size-3.5 shrink-0" />
          <span className="truncate">{listed(email.recipients)}</span>
        </li>
      )}
      {email?.enabled &&
        unreached(email.recipients, recipients).map(({ status, emails }) => {
          const { word, tone, icon: Icon } = recipientLook(status)
          return (
            <li key={status} className={clsx('flex w-full min-w-0 items-start gap-1.5', TEXT_TONE[tone])}>
              <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              <span className="min-w-0 wrap-anywhere">
                {word}: {listed(emails)}
              </span>
            </li>
          )
        })}
      {webhook?.enabled && (
        <li className="flex min-w-0 items-center gap-1.5">
          <Globe aria-label="Webhook" className="size-3.5 shrink-0" />
          <span className="truncate">
            {webhook.url ?? webhook.host}
            {headers.length > 0 && `, with ${listed(headers)}`}
            {webhook.secretHint && `, signed with ${webhook.secretHint}`}
          </span>
        </li>
      )}
      {!email?.enabled && !webhook?.enabled && <li>Tells nobody; alerts show in the list only</li>}
    </ul>
  )
}

function Detail({ rule, recipients }: { rule: AlertRule; recipients: readonly Recipient[] }) {
  return (
    <div className={clsx('min-w-0', !rule.enabled && 'text-text-3')}>
      <p className="text-14">{rule.sentence}</p>
      {rule.description && <p className="mt-0.5 text-13 text-text-3">{rule.description}</p>}
      <Audience rule={rule} recipients={recipients} />
    </div>
  )
}

const isOn = ({ enabled }: AlertRule): string => (enabled ? 'on' : 'off')

const ruleList = (recipients: readonly Recipient[]): ListDefinition<AlertRule> => ({
  id: 'rules',
  label: 'Rules',
  one: 'rule',
  ownHeights: true,
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    title: 'Name',
    sort: 'name',
    by: ({ name }) => name,
    text: ({ name }) => name,
    cell: ({ name }) => <span className="font-semibold">{name}</span>,
  },
  columns: [
    { id: 'severity', title: 'Severity', width: 116, priority: 10, sort: 'severity', card: 'below', by: ({ severity }) => SEVERITIES.findIndex(({ value }) => value === severity), text: ({ severity }) => severityWord(severity), cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    {
      id: 'state',
      title: 'State',
      width: 84,
      priority: 9,
      card: 'below',
      text: isOn,
      cell: ({ enabled }) =>
        enabled ? (
          <span className="text-13 text-text-3">On</span>
        ) : (
          <Badge tone="muted" icon={CirclePause}>
            Off
          </Badge>
        ),
    },
    { id: 'created', title: 'Created', width: 120, priority: 3, sort: 'created', newestFirst: true, by: ({ createdAt }) => createdAt, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} className="text-13 text-text-3" /> },
  ],
  more: [
    { title: 'In a sentence', text: ({ sentence }) => sentence },
    { title: 'Description', text: ({ description }) => description },
  ],
  filters: [
    { id: 'severity', title: 'Severity', several: true, options: SEVERITIES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })), of: ({ severity }) => [severity] },
    { id: 'state', title: 'State', several: true, options: [{ value: 'on', label: 'On' }, { value: 'off', label: 'Off' }], of: (rule) => [isOn(rule)] },
  ],
  searches: 'Name, sentence',
  detail: (rule) => <Detail rule={rule} recipients={recipients} />,
  actions: {
    width: 116,
    card: 'below',
    cell: ({ id, name }) => (
      <Link to="/alerts" search={{ rule: id, status: ['open', 'acknowledged', 'resolved', 'suppressed'] }} className={buttonClass('secondary')}>
        Its alerts<span className="sr-only">: {name}</span>
      </Link>
    ),
  },
})

function NewRuleLink() {
  return useCan('rules:write') ? (
    <Link to="/rules/new" className={buttonClass('primary')}>
      <Plus aria-hidden className="size-4" />
      New rule
    </Link>
  ) : null
}

const NOBODY: readonly Recipient[] = []

function Rules() {
  const query = useRules()
  // The rules are of use without them.
  const { data: recipients = NOBODY } = useRecipients()
  const definition = useMemo(() => ruleList(recipients), [recipients])
  const list = useWholeList(query, definition)
  return (
    <>
      <List
        definition={definition}
        list={list}
        action={<NewRuleLink />}
        empty={
          <Empty icon={SlidersHorizontal} title="No rule yet" action={<NewRuleLink />}>
            A rule defines when something is wrong, and who is notified. Without a rule, nothing is watched.
          </Empty>
        }
      />
      {query.data && query.data.length > 0 && <RecipientsCard />}
    </>
  )
}

export function RulesPage() {
  return useCan('rules:read') ? <Rules /> : <NotAllowed what="rules" permission="rules:read" />
}
