import { CircleX } from 'lucide-react'
import type { AlertRule, Channel, Recipient, RuleNotification } from '@/api/types'
import { CHANNEL_IDS, channelLook, CHANNELS, type ChannelId } from '@/components/channels'
import { Unreached } from '@/components/Unreached'
import { hasStopped, whereTo } from './channelWords'
import { escalationNames, nameIn } from './escalation'
import { namedChannels, type NamedChannel } from './namedChannels'
import { nobodyWords } from './routed'
import { texts } from './texts'
import { useRouted } from './useRouted'

function Told({ id, config }: { id: ChannelId; config: RuleNotification }) {
  const { title, icon: Icon } = CHANNELS[id]
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <Icon aria-label={title} className="size-3.5 shrink-0" />
      <span className="truncate">{whereTo(id, config)}</span>
    </li>
  )
}

function SharedChannel({ name, type }: NamedChannel) {
  const { title, icon: Icon } = channelLook(type)
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <Icon aria-label={title} className="size-3.5 shrink-0" />
      <span className="truncate">{name}</span>
    </li>
  )
}

/** Whom a rule tells, and who of them does not hear it. */
export function RuleAudience({ rule, recipients, channels }: { rule: AlertRule; recipients: readonly Recipient[]; channels: readonly Channel[] | undefined }) {
  const routed = useRouted(rule)
  const config = rule.notificationConfig
  const told = CHANNEL_IDS.filter((id) => config[id]?.enabled)
  const named = namedChannels(rule, channels).filter(({ enabled }) => enabled !== false)
  return (
    <>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-13 text-text-3">
        {named.map((channel) => (
          <SharedChannel key={channel.id} {...channel} />
        ))}
        {told.map((id) => (
          <Told key={id} id={id} config={config} />
        ))}
        {CHANNEL_IDS.filter((id) => hasStopped(config, id)).map((id) => (
          <li key={id} className="flex w-full min-w-0 items-start gap-1.5 text-bad-text">
            <CircleX aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span className="min-w-0 wrap-anywhere">{texts.ruleAudience.switchedOffSinceTakes({ title: CHANNELS[id].title })}</span>
          </li>
        ))}
        {config.email?.enabled && <Unreached addresses={config.email.recipients} recipients={recipients} />}
        {told.length + named.length === 0 && <li>{nobodyWords(rule, routed)}</li>}
      </ul>
      {rule.escalation.length > 0 && <p className="mt-0.5 text-13 text-text-3">{escalationNames(rule, nameIn(channels, texts.ruleAudience.sharedChannel))}</p>}
    </>
  )
}
