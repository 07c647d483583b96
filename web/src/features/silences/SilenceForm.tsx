import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Silence, SilenceInput } from '@/api/types'
import { Choices } from '@/components/Choices'
import { within, type FieldErrors } from '@/components/formErrors'
import { SeveralPicker } from '@/components/finder/SeveralPicker'
import { MatcherFields } from '@/components/MatcherFields'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Checkbox, FieldMessage, TextAreaField, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { ZoneField } from '@/components/ZoneField'
import { wordsOf } from '@/lib/named'
import { SilencePreview } from './SilencePreview'
import { DAYS, LIMITS, toRequest, validate, type SilenceDraft } from './silenceDraft'
import { texts } from './texts'

interface Fields {
  draft: SilenceDraft
  errors: FieldErrors
  change: (part: Partial<SilenceDraft>) => void
}

const FIELDS = ['/name', '/comment', '/matchers', '/startsAt', '/endsAt', '/recurrence']

const POINTERS = {
  everything: '/matchers',
  ruleIds: '/matchers',
  severities: '/matchers',
  accountIds: '/matchers',
  groupIds: '/matchers/groupIds',
  peerIds: '/matchers/peerIds',
  recurs: '/recurrence',
  days: '/recurrence/days',
  from: '/recurrence/from',
  minutes: '/recurrence/minutes',
  timeZone: '/recurrence/timeZone',
} as const

/** Of what the silence is, if not of the whole account. One list, since a peer counts that is named or is in a group that is. */
function Things({ draft, errors, change }: Fields) {
  const [accountId, ...others] = draft.accountIds
  if (accountId === undefined || others.length > 0) return <p className="text-13 text-text-3">{texts.things.oneAccountFirst}</p>
  const chosen = [...draft.groupIds.map((id) => ({ kind: 'group' as const, id })), ...draft.peerIds.map((id) => ({ kind: 'peer' as const, id }))]
  const error = within(errors, '/matchers/groupIds') ?? within(errors, '/matchers/peerIds')
  return (
    <SeveralPicker
      label={texts.things.label}
      optional
      hint={texts.things.hint}
      placeholder={texts.things.placeholder}
      kinds={['group', 'peer']}
      {...{ accountId, chosen, error }}
      onChange={(things) => {
        const ids = (kind: 'group' | 'peer') => things.filter((thing) => thing.kind === kind).map(({ id }) => id)
        change({ groupIds: ids('group'), peerIds: ids('peer') })
      }}
    />
  )
}

function What({ draft, errors, change }: Fields) {
  return (
    <Card title={texts.what.title} note={texts.what.note}>
      <div className="flex flex-col gap-4 p-4 pt-2">
        <Checkbox label={texts.what.everything} hint={texts.what.everythingHint} checked={draft.everything} onChange={(everything) => change({ everything })} />
        {!draft.everything && (
          <MatcherFields
            matched={draft}
            errors={errors}
            // Groups and peers are of one account.
            onChange={(part) => change({ ...part, ...(part.accountIds && { groupIds: [], peerIds: [] }) })}
          >
            {draft.accountIds.length > 0 && <Things {...{ draft, errors, change }} />}
          </MatcherFields>
        )}
        {errors['/matchers'] && <FieldMessage>{errors['/matchers']}</FieldMessage>}
      </div>
    </Card>
  )
}

function Window({ draft, errors, change }: Fields) {
  return (
    <div className="flex flex-col gap-4">
      <Choices title={texts.window.title} row options={DAYS.map((value) => ({ value, label: wordsOf(value) }))} chosen={draft.days} onChange={(days) => change({ days })} error={within(errors, '/recurrence/days')} />
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField label={texts.window.from} type="time" value={draft.from} error={errors['/recurrence/from']} onChange={(event) => change({ from: event.target.value })} />
        <TextField label={texts.window.minutes} inputMode="numeric" hint={texts.window.minutesHint({ most: LIMITS.minutes })} value={draft.minutes} error={errors['/recurrence/minutes']} onChange={(event) => change({ minutes: event.target.value })} />
        <ZoneField value={draft.timeZone} error={errors['/recurrence/timeZone']} onChange={(timeZone) => change({ timeZone })} />
      </div>
    </div>
  )
}

function When({ draft, errors, change }: Fields) {
  return (
    <Card title={texts.when.title}>
      <div className="flex flex-col gap-4 p-4 pt-2">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label={texts.when.start} type="datetime-local" optional hint={texts.when.startHint} value={draft.startsAt} error={errors['/startsAt']} onChange={(event) => change({ startsAt: event.target.value })} />
          <TextField label={texts.when.end} type="datetime-local" required hint={texts.when.endHint} value={draft.endsAt} error={errors['/endsAt']} onChange={(event) => change({ endsAt: event.target.value })} />
        </div>
        <Checkbox label={texts.when.recurs} checked={draft.recurs} onChange={(recurs) => change({ recurs })} />
        {draft.recurs && <Window {...{ draft, errors, change }} />}
      </div>
    </Card>
  )
}

function About({ draft, errors, change }: Fields) {
  return (
    <Card title={texts.about.title}>
      <div className="flex flex-col gap-4 p-4 pt-2">
        <TextField label={texts.about.name} maxLength={LIMITS.name} placeholder={texts.about.namePlaceholder} value={draft.name} error={errors['/name']} onChange={(event) => change({ name: event.target.value })} />
        <TextAreaField label={texts.about.comment} optional maxLength={LIMITS.comment} value={draft.comment} error={errors['/comment']} onChange={(event) => change({ comment: event.target.value })} />
        <Checkbox label={texts.about.switchedOn} checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      </div>
    </Card>
  )
}

interface SilenceFormProps {
  initial: SilenceDraft
  mutation: UseMutationResult<Silence, Error, SilenceInput>
  onSuccess: (silence: Silence) => void
  /** What the button does, in words. */
  action: string
  failed: string
  /** The way out. */
  cancel: ReactNode
}

/** A silence that is made, or changed. */
export function SilenceForm({ initial, mutation, onSuccess, action, failed, cancel }: SilenceFormProps) {
  const { form, ...fields } = useForm({ initial, validate, mutation, request: toRequest, pointers: POINTERS, onSuccess })
  const wrong = Object.keys(fields.errors).length
  return (
    <form {...form} className="flex flex-col gap-4 lg:flex-row lg:items-start">
      <div className="flex min-w-0 flex-1 flex-col gap-4">
        <RequestFailure error={mutation.error} title={failed} fields={FIELDS} />
        <About {...fields} />
        <What {...fields} />
        <When {...fields} />
        <div className="lg:hidden">
          <SilencePreview draft={fields.draft} />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" busy={mutation.isPending}>
            {action}
          </Button>
          {cancel}
          <p role="status" className="text-13 text-bad-text">
            {wrong > 0 && texts.form.toCorrect({ count: wrong })}
          </p>
        </div>
      </div>
      <div className="max-lg:hidden lg:sticky lg:top-18 lg:w-96">
        <SilencePreview draft={fields.draft} />
      </div>
    </form>
  )
}
