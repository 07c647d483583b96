import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import type { AlertRule } from '@/api/types'
import { RequestFailure } from '@/components/RequestFailure'
import { SEVERITIES, SeverityMark } from '@/components/status'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { SelectField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useAccounts } from '@/queries/accounts'
import { useChannels } from '@/queries/channels'
import { AlsoRouted } from './AlsoRouted'
import { ConditionFields } from './ConditionFields'
import { CHANNEL_FIELDS, CHANNEL_POINTERS } from './channelDraft'
import { kindOf } from './conditions/conditions'
import { errorAt, type DraftFields } from './draftFields'
import { useDraftTest, type DraftTest } from './draftTest'
import { escalationSentence, nameIn } from './escalation'
import { EscalationFields } from './EscalationFields'
import { texts } from './formTexts'
import { NotificationFields } from './NotificationFields'
import { LIMITS, toHistoryTest, validate, type RuleDraft } from './ruleDraft'
import { audienceSentence } from './ruleSentence'
import { WouldFire } from './WouldFire'
import { WouldHaveFired } from './WouldHaveFired'

const FIELDS = [...CHANNEL_FIELDS, '/name', '/description', '/severity', '/forMinutes', '/keepFiringMinutes', '/channelIds', '/escalation']

/** What of a condition shows its own errors: all but what is ticked or not. */
function conditionFields(type: string): string[] {
  const kind = kindOf(type)
  const blank: [string, unknown][] = Object.entries(kind.blank())
  return [...(kind.ofOneAccount ? [] : ['/accountId']), ...blank.flatMap(([field, value]) => (typeof value === 'boolean' ? [] : [`/conditionConfig/${field}`]))]
}

function AboutFields({ draft, errors, change }: DraftFields) {
  const { data: accounts = [] } = useAccounts(useCan('accounts:read'))
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label={texts.aboutFields.name}
        maxLength={LIMITS.name}
        placeholder={texts.aboutFields.namePlaceholder}
        value={draft.name}
        error={errorAt(errors, '/name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={texts.aboutFields.description}
        optional
        maxLength={LIMITS.description}
        hint={texts.aboutFields.descriptionHint}
        value={draft.description}
        error={errorAt(errors, '/description')}
        onChange={(event) => change({ description: event.target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label={texts.aboutFields.severity} value={draft.severity} onChange={(event) => change({ severity: event.target.value as RuleDraft['severity'] })}>
          {SEVERITIES.map(({ value, word }) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </SelectField>
        {/* What is of one account says so among its own fields. */}
        {!kindOf(draft.conditionType).ofOneAccount && (accounts.length > 1 || draft.accountId !== '') && (
          <SelectField label={texts.aboutFields.account} value={draft.accountId} error={errorAt(errors, '/accountId')} onChange={(event) => change({ accountId: event.target.value })}>
            <option value="">{texts.aboutFields.eachAccountByItself}</option>
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </div>
    </div>
  )
}

function Sentence({ draft, test }: { draft: RuleDraft; test: DraftTest }) {
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  const { data: channels } = useChannels(useCan('rules:read'))
  const accountName = accounts?.find(({ id }) => id === draft.accountId)?.name
  return (
    <Card title={texts.sentence.title} note={accountName && texts.sentence.in({ accountName })} action={<SeverityMark severity={draft.severity} />}>
      <p aria-live="polite" aria-busy={test.isWhole && !test.isOfDraft} className="min-h-[1lh] px-4 pt-1 pb-4 text-16 break-words max-sm:pb-3 max-sm:text-14">
        {[test.isWhole ? test.sentence : texts.sentence.unfinished, audienceSentence(draft, channels)].filter(Boolean).join(' ')}{' '}
        <span className="max-lg:hidden">{escalationSentence(draft.escalation, nameIn(channels))}</span>
      </p>
    </Card>
  )
}

function Routed({ draft: { severity, accountId }, id }: { draft: RuleDraft; id: string | undefined }) {
  const { data: channels } = useChannels(useCan('rules:read'))
  return <AlsoRouted rule={{ id, severity, accountId }} channels={channels} />
}

interface RuleFormProps<Request> {
  /** Of the rule that is changed; a new one has none. */
  id?: string
  initial: RuleDraft
  mutation: UseMutationResult<AlertRule, Error, Request>
  request: (draft: RuleDraft) => Request
  onSuccess: (rule: AlertRule) => void
  /** What the button does, in words. */
  action: string
  failed: string
  /** The way out. */
  cancel: ReactNode
}

/** A rule that is made, or changed. */
export function RuleForm<Request>({ id, initial, mutation, request, onSuccess, action, failed, cancel }: RuleFormProps<Request>) {
  const { form, ...fields } = useForm({ initial, validate, mutation, request, pointers: CHANNEL_POINTERS, onSuccess })
  const test = useDraftTest(fields.draft)
  const wrong = Object.keys(fields.errors).length
  return (
    <form {...form} className="flex flex-col gap-4 lg:flex-row-reverse lg:items-start">
      <div className="max-lg:sticky max-lg:top-15 max-lg:z-10 lg:w-96 lg:self-stretch">
        <div className="flex flex-col gap-4 lg:sticky lg:top-18">
          <Sentence draft={fields.draft} test={test} />
          <div className="max-lg:hidden">
            <WouldFire draft={fields.draft} test={test} />
          </div>
          <div className="max-lg:hidden">
            <WouldHaveFired type={fields.draft.conditionType} body={toHistoryTest(fields.draft)} />
          </div>
        </div>
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <RequestFailure error={mutation.error} title={failed} fields={[...FIELDS, ...conditionFields(fields.draft.conditionType)]} />
        <Card title={texts.ruleForm.title}>
          <div className="p-4 pt-2">
            <ConditionFields {...fields} />
          </div>
        </Card>
        <div className="flex flex-col gap-4 lg:hidden">
          <WouldFire draft={fields.draft} test={test} />
          <WouldHaveFired type={fields.draft.conditionType} body={toHistoryTest(fields.draft)} />
        </div>
        <Card title={texts.ruleForm.whoNotified}>
          <div className="flex flex-col gap-3 p-4 pt-2">
            <NotificationFields {...fields} />
            <Routed draft={fields.draft} id={id} />
          </div>
        </Card>
        <Card title={texts.ruleForm.escalation}>
          <div className="p-4 pt-2">
            <EscalationFields {...fields} />
          </div>
        </Card>
        <Card title={texts.ruleForm.aboutRule}>
          <div className="p-4 pt-2">
            <AboutFields {...fields} />
          </div>
        </Card>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" busy={mutation.isPending}>
            {action}
          </Button>
          {cancel}
          <p role="status" className="text-13 text-bad-text">
            {wrong > 0 && texts.ruleForm.correct({ wrong })}
          </p>
        </div>
      </div>
    </form>
  )
}
