import type { UseMutationResult } from '@tanstack/react-query'
import clsx from 'clsx'
import { useState, type ReactNode } from 'react'
import type { Channel, ChannelInput } from '@/api/types'
import { channelLook, type ChannelKind } from '@/components/channels'
import { within, type FieldErrors } from '@/components/formErrors'
import { RequestFailure } from '@/components/RequestFailure'
import { SEVERITIES } from '@/components/status'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { Checkbox, FieldMessage, TextField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { phrase } from '@/lib/phrase'
import { LIMITS, toRequest, validate, type ChannelDraft } from './channelDraft'
import type { ConfigDraft } from './kinds/kind'
import { formOf } from './kinds/kinds'
import { KindChoice } from './KindChoice'
import { QuietHoursFields } from './QuietHoursFields'
import { texts } from './texts'

interface Fields {
  draft: ChannelDraft
  errors: FieldErrors
  change: (part: Partial<ChannelDraft>) => void
}

function About({ draft, errors, change }: Fields) {
  const error = within(errors, '/severities')
  return (
    <Card title={texts.about.title}>
      <div className="flex flex-col gap-4 p-4 pt-2">
        <TextField label={texts.about.name} maxLength={LIMITS.name} placeholder={texts.about.namePlaceholder} hint={texts.about.nameHint} value={draft.name} error={errors['/name']} onChange={(event) => change({ name: event.target.value })} />
        <fieldset className="min-w-0">
          <legend className="text-13 font-medium">
            {phrase(texts.about.severities, { mark: (words) => <span className="font-normal text-text-3">{words}</span> })}
          </legend>
          <div className="mt-1 flex flex-wrap gap-x-5">
            {SEVERITIES.map(({ value, word }) => (
              <Checkbox key={value} label={word} checked={draft.severities.includes(value)} onChange={(on) => change({ severities: on ? [...draft.severities, value] : draft.severities.filter((other) => other !== value) })} />
            ))}
          </div>
          {error ? <FieldMessage>{error}</FieldMessage> : <p className="text-12 text-text-3">{texts.about.severitiesHint}</p>}
        </fieldset>
        <Checkbox label={texts.about.switchedOn} checked={draft.enabled} onChange={(enabled) => change({ enabled })} />
      </div>
    </Card>
  )
}

function Steps({ type }: { type: string }) {
  const { steps } = formOf(type)
  return steps.length > 0 ? (
    <Card title={texts.steps.title} note={channelLook(type).title}>
      <ol className="flex list-decimal flex-col gap-1.5 px-4 pt-1 pb-4 pl-9 text-13 wrap-anywhere marker:text-text-3">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Card>
  ) : null
}

interface ChannelFormProps {
  initial: ChannelDraft
  /** The channel that is changed; a new one has none. */
  channel?: Channel
  mutation: UseMutationResult<Channel, Error, ChannelInput>
  onSuccess: (channel: Channel) => void
  /** Another kind is chosen, which the address says. */
  onKind?: (kind: ChannelKind) => void
  /** What the button does, in words. */
  action: string
  failed: string
  /** The way out. */
  cancel: ReactNode
}

/** A channel that is made, or changed. What kind it is stays. */
export function ChannelForm({ initial, channel, mutation, onSuccess, onKind, action, failed, cancel }: ChannelFormProps) {
  const { form, ...fields } = useForm({ initial, validate: validate(channel !== undefined), mutation, request: toRequest, onSuccess })
  const { draft, errors, change } = fields
  // What was entered of another kind is there again when somebody comes back to it.
  const [left, setLeft] = useState<Readonly<Record<string, ConfigDraft>>>({})
  const choose = (type: ChannelKind) => {
    setLeft({ ...left, [draft.type]: draft.config })
    change({ type, config: left[type] ?? formOf(type).blank() })
    onKind?.(type)
  }
  const kind = formOf(draft.type)
  const wrong = Object.keys(errors).length
  const shownFields = ['/name', '/severities', '/quietHours', ...Object.keys(draft.config).map((field) => `/config/${field}`)]
  const failure = <RequestFailure error={mutation.error} title={failed} fields={shownFields} />
  return (
    <form {...form} className="flex flex-col gap-4 lg:grid lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr] lg:items-start">
      {!channel && (
        <div className="flex min-w-0 flex-col gap-4">
          {failure}
          <Card title={texts.form.kind}>
            <div className="p-4 pt-2">
              <KindChoice chosen={draft.type} onChoose={choose} />
            </div>
          </Card>
        </div>
      )}
      {/* Beside what is entered; on a phone before it, and behind what was entered before. */}
      <div className={clsx('empty:hidden lg:sticky lg:top-18 lg:col-start-2 lg:row-span-2 lg:row-start-1', channel && 'max-lg:order-last')}>
        <Steps type={draft.type} />
      </div>
      <div className="flex min-w-0 flex-col gap-4 lg:col-start-1">
        {channel && failure}
        <Card title={texts.form.where} note={channel && channelLook(draft.type).title}>
          <div className="flex flex-col gap-4 p-4 pt-2">
            <kind.Fields
              key={draft.type}
              draft={draft.config}
              shown={channel?.config}
              errorOf={(field: string) => within(errors, `/config/${field}`)}
              change={(part: Partial<ConfigDraft>) => change({ config: { ...draft.config, ...part } })}
            />
          </div>
        </Card>
        <About {...fields} />
        <QuietHoursFields quiet={draft.quietHours} errors={errors} onChange={(quietHours) => change({ quietHours })} />
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
    </form>
  )
}
