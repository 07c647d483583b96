import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { FileUp, LayoutTemplate, SlidersHorizontal } from 'lucide-react'
import { useMemo } from 'react'
import { useCan } from '@/api/client'
import type { AlertRule, Channel, Recipient } from '@/api/types'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { useWholeList } from '@/components/list/whole'
import { nameColumn, NewLink } from '@/components/setUp/links'
import { Empty, NotAllowed } from '@/components/states'
import { SEVERITIES, SeverityBadge, severityWord } from '@/components/status'
import { Ago } from '@/components/Time'
import { buttonClass } from '@/components/ui/Button'
import { phrase } from '@/lib/phrase'
import { useChannels } from '@/queries/channels'
import { useRecipients } from '@/queries/recipients'
import { useRules } from '@/queries/rules'
import { CONDITIONS, conditionTitle } from './conditions/conditions'
import { DocumentMenu } from './DocumentMenu'
import { RecipientsCard } from './RecipientsCard'
import { RuleAudience } from './RuleAudience'
import { RuleSwitch } from './RuleSwitch'
import { texts } from './texts'

function Detail({ rule, recipients, channels }: { rule: AlertRule; recipients: readonly Recipient[]; channels: readonly Channel[] | undefined }) {
  return (
    <div className={clsx('min-w-0', !rule.enabled && 'text-text-3')}>
      <p className="text-14">{rule.sentence}</p>
      {rule.description && <p className="mt-0.5 text-13 text-text-3">{rule.description}</p>}
      <RuleAudience rule={rule} recipients={recipients} channels={channels} />
    </div>
  )
}

const isOn = ({ enabled }: AlertRule): string => (enabled ? 'on' : 'off')

const ruleList = (recipients: readonly Recipient[], channels: readonly Channel[] | undefined): ListDefinition<AlertRule> => ({
  id: 'rules',
  label: texts.ruleList.rules,
  one: texts.ruleList.rule,
  ownHeights: true,
  idOf: ({ id }) => id,
  name: nameColumn('rule'),
  columns: [
    { id: 'severity', title: texts.ruleList.severity, width: 116, priority: 10, sort: 'severity', card: 'below', by: ({ severity }) => SEVERITIES.findIndex(({ value }) => value === severity), text: ({ severity }) => severityWord(severity), cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    {
      id: 'state',
      title: texts.ruleList.state,
      width: 100,
      priority: 9,
      card: 'below',
      text: isOn,
      cell: (rule) => (
        <span className="relative z-10 -my-1.5 inline-block">
          <RuleSwitch rule={rule} />
        </span>
      ),
    },
    { id: 'created', title: texts.ruleList.created, width: 120, priority: 3, sort: 'created', newestFirst: true, by: ({ createdAt }) => createdAt, text: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Ago at={createdAt} className="text-13 text-text-3" /> },
  ],
  more: [
    { title: texts.ruleList.watchesFor, text: ({ conditionType }) => conditionTitle(conditionType) },
    { title: texts.ruleList.inSentence, text: ({ sentence }) => sentence },
    { title: texts.ruleList.description, text: ({ description }) => description },
  ],
  filters: [
    { id: 'condition', title: texts.ruleList.watchesFor, several: true, options: CONDITIONS.map(({ type, title }) => ({ value: type, label: title })), of: ({ conditionType }) => [conditionType] },
    { id: 'severity', title: texts.ruleList.severity, several: true, options: SEVERITIES.map(({ value, word, tone, icon }) => ({ value, label: word, tone, icon })), of: ({ severity }) => [severity] },
    { id: 'state', title: texts.ruleList.state, several: true, options: [{ value: 'on', label: texts.ruleList.on }, { value: 'off', label: texts.ruleList.off }], of: (rule) => [isOn(rule)] },
  ],
  searches: texts.ruleList.nameSentence,
  detail: (rule) => <Detail rule={rule} recipients={recipients} channels={channels} />,
  actions: {
    width: 116,
    card: 'below',
    cell: ({ id, name }) => (
      <Link to="/alerts" search={{ rule: id, status: ['open', 'acknowledged', 'resolved', 'suppressed'] }} className={buttonClass('secondary')}>
        {phrase(texts.ruleList.itsAlerts, { name, hidden: (words) => <span className="sr-only">{words}</span> })}
      </Link>
    ),
  },
})

function TemplatesLink({ variant }: { variant: 'primary' | 'secondary' }) {
  return useCan('rules:write') ? (
    <Link to="/rules/templates" className={buttonClass(variant)}>
      <LayoutTemplate aria-hidden className="size-4" />
      {texts.templatesLink.startFromTemplate}
    </Link>
  ) : null
}

function ImportLink() {
  return useCan('rules:write') ? (
    <Link to="/rules/import" className={buttonClass()}>
      <FileUp aria-hidden className="size-4" />
      {texts.importLink.importRules}
    </Link>
  ) : null
}

const NOBODY: readonly Recipient[] = []

function Rules() {
  const query = useRules()
  // The rules are of use without them.
  const { data: recipients = NOBODY } = useRecipients()
  const { data: channels } = useChannels()
  const definition = useMemo(() => ruleList(recipients, channels), [recipients, channels])
  const list = useWholeList(query, definition)
  return (
    <>
      <List
        definition={definition}
        list={list}
        action={
          query.data?.length !== 0 && (
            <div className="flex flex-wrap items-center gap-2">
              <DocumentMenu />
              <TemplatesLink variant="secondary" />
              <NewLink kind="rule" />
            </div>
          )
        }
        empty={
          <Empty
            icon={SlidersHorizontal}
            title={texts.rules.title}
            action={
              <>
                <TemplatesLink variant="primary" />
                <NewLink kind="rule" variant="secondary" />
                <ImportLink />
              </>
            }
          >
            {texts.rules.ruleDefinesWhenSomething}
          </Empty>
        }
      />
      {query.data && query.data.length > 0 && <RecipientsCard />}
    </>
  )
}

export function RulesPage() {
  return useCan('rules:read') ? <Rules /> : <NotAllowed what={texts.rulesPage.rules} permission="rules:read" />
}
