import { useId, useRef } from 'react'
import { CHANNEL_IDS, CHANNELS, type ChannelId } from '@/components/channels'
import { TokenField } from '@/components/TokenField'
import { Button } from '@/components/ui/Button'
import { BLANK_CHANNELS, CHANNEL_LIMITS } from './channelDraft'
import { ChannelSection } from './ChannelSection'
import { ChatFields } from './ChatFields'
import { errorAt, type DraftFields } from './draftFields'
import { texts } from './formTexts'
import { SharedChannels } from './SharedChannels'
import { WebhookFields } from './WebhookFields'

function EmailFields({ draft, errors, change }: DraftFields) {
  const email = draft.email ?? BLANK_CHANNELS.email()
  return (
    <TokenField
      label={texts.emailFields.emailRecipients}
      hint={texts.emailFields.upPressEnterAfter({ recipients: CHANNEL_LIMITS.recipients })}
      placeholder={texts.emailFields.emailRecipientsPlaceholder}
      inputMode="email"
      values={email.recipients}
      error={errorAt(errors, '/notificationConfig/email')}
      onChange={(recipients) => change({ email: { ...email, recipients } })}
    />
  )
}

function ChannelFields({ id, ...fields }: DraftFields & { id: ChannelId }) {
  switch (id) {
    case 'email':
      return <EmailFields {...fields} />
    case 'webhook':
      return <WebhookFields {...fields} />
    default:
      return <ChatFields id={id} {...fields} />
  }
}

/** The channels that the rule has, and those that it may have too. */
export function NotificationFields(fields: DraftFields) {
  const { draft, errors, change } = fields
  const parts = useRef<HTMLDivElement>(null)
  const labelId = useId()
  const [present, absent] = [CHANNEL_IDS.filter((id) => draft[id]), CHANNEL_IDS.filter((id) => !draft[id])]
  /** The button that was pressed goes away: what came in its place has the focus, once it is there. */
  const focus = (selector: string) => requestAnimationFrame(() => parts.current?.querySelector<HTMLElement>(selector)?.focus())
  return (
    <div ref={parts} className="flex flex-col gap-3">
      <SharedChannels chosen={draft.channelIds} error={errorAt(errors, '/channelIds')} onChange={(channelIds) => change({ channelIds })} />
      {present.length + draft.channelIds.length === 0 && <p className="text-13 text-text-3">{texts.notificationFields.nobodyToldItsAlerts}</p>}
      {present.map((id) => (
        <ChannelSection
          key={id}
          id={id}
          {...fields}
          onRemove={() => {
            change({ [id]: null })
            focus(`button[data-adds=${id}]`)
          }}
        >
          <ChannelFields id={id} {...fields} />
        </ChannelSection>
      ))}
      {absent.length > 0 && (
        <div role="group" aria-labelledby={labelId} className="flex flex-wrap items-center gap-2">
          <span id={labelId} className="text-13 font-medium max-sm:w-full">
            {texts.notificationFields.ruleAlone}
          </span>
          {absent.map((id) => (
            <Button
              key={id}
              icon={CHANNELS[id].icon}
              data-adds={id}
              onClick={() => {
                change({ [id]: BLANK_CHANNELS[id]() })
                focus(`[data-channel=${id}] input`)
              }}
            >
              {CHANNELS[id].title}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
