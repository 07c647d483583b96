import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { CircleX } from 'lucide-react'
import { useCan } from '@/api/client'
import type { AlertRule, Channel, Recipient, TestedChannel } from '@/api/types'
import { CHANNEL_IDS, channelLook, CHANNELS } from '@/components/channels'
import { ChannelTestButton } from '@/components/ChannelTestButton'
import { Badge } from '@/components/ui/Badge'
import { SigningSecret } from '@/components/SigningSecret'
import { Trouble } from '@/components/Trouble'
import { Unreached } from '@/components/Unreached'
import { phrase } from '@/lib/phrase'
import { useRotateRuleSecret, useSendTest } from '@/queries/rules'
import { hasStopped, whereTo } from './channelWords'
import { stepTime } from './escalation'
import { namedChannels, type NamedChannel } from './namedChannels'
import { nobodyWords } from './routed'
import { texts } from './texts'
import { useRouted } from './useRouted'

function Test({ rule, channel, title }: { rule: AlertRule; channel: TestedChannel; title: string }) {
  const send = useSendTest(rule.id)
  return <ChannelTestButton name={title} send={send} request={channel} />
}

/** The signing secret of its webhook: until when two sign, and another one. */
function Signature({ rule }: { rule: AlertRule }) {
  const rotate = useRotateRuleSecret(rule)
  return (
    <SigningSecret
      whose={texts.signature.webhook({ name: rule.name })}
      old={rule.notificationConfig.webhook?.oldSecret}
      rotate={rotate}
      secretOf={({ notificationConfig }) => notificationConfig.webhook?.secret ?? undefined}
    />
  )
}

function SharedChannel({ id, name, type, enabled }: NamedChannel) {
  const { title, icon: Icon } = channelLook(type)
  return (
    <li className="flex items-start gap-x-3 border-t border-line py-2 first:border-t-0">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-text-3" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-14">
          <Link to="/channels/$channelId" params={{ channelId: id }} className="min-w-0 wrap-anywhere text-accent-text hover:underline">
            {name}
          </Link>
          {enabled === false && <Badge tone="muted">{texts.sharedChannel.off}</Badge>}
        </p>
        <p className="text-13 text-text-3">{type === '' ? texts.sharedChannel.sharedChannel : texts.sharedChannel.sharedChannelOf({ title })}</p>
      </div>
    </li>
  )
}

/** Who else is told while nobody acknowledges, and when. */
function Escalation({ rule, channels }: { rule: AlertRule; channels: readonly Channel[] | undefined }) {
  return (
    <div className="border-t border-line pt-2">
      <p className="text-13 font-medium">{texts.escalation.ifNobodyAcknowledges}</p>
      <ol aria-label={texts.escalation.escalation}>
        {rule.escalation.map((step) => (
          <li key={step.afterMinutes} className="pt-1.5">
            <p className="text-13 text-text-3">{texts.escalation.withinAlso({ stepTime: stepTime(step.afterMinutes) })}</p>
            <ul>
              {namedChannels(step, channels).map((channel) => (
                <SharedChannel key={channel.id} {...channel} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  )
}

interface OwnTroubleProps {
  rule: AlertRule
  receiver: ComponentProps<typeof Trouble>['receiver']
  title: string
  mayChange: boolean
}

/** What is wrong with a receiver of the rule's own, and how one that was switched off is switched on again. */
function OwnTrouble({ rule, receiver, title, mayChange }: OwnTroubleProps) {
  if (!receiver.off && !receiver.trouble) return null
  return (
    <div className="mt-1 flex flex-col gap-1">
      <Trouble receiver={receiver} what={title === 'Webhook' ? texts.ownTrouble.webhook : title} />
      {receiver.off && mayChange && (
        <p className="text-13 text-text-2">
          {phrase(texts.ownTrouble.onceTakesMessagesAgain, { link: (words) => <Link to="/rules/$ruleId/edit" params={{ ruleId: rule.id }} className="text-accent-text underline underline-offset-2">{words}</Link> })}
        </p>
      )}
    </div>
  )
}

/** Whom a rule tells: each of its channels, whether it is on, and where those that can be tried lead. */
export function RuleChannels({ rule, recipients, channels }: { rule: AlertRule; recipients: readonly Recipient[]; channels: readonly Channel[] | undefined }) {
  const mayTest = useCan('rules:write')
  const routed = useRouted(rule)
  const config = rule.notificationConfig
  const present = CHANNEL_IDS.filter((id) => config[id])
  const named = namedChannels(rule, channels)
  return (
    <>
      {!named.some(({ enabled }) => enabled !== false) && !present.some((id) => config[id]?.enabled) && <p className="py-1 text-13 text-text-3">{nobodyWords(rule, routed)}</p>}
      <ul aria-label={texts.ruleChannels.channels}>
        {named.map((channel) => (
          <SharedChannel key={channel.id} {...channel} />
        ))}
        {present.map((id) => {
          const { title, icon: Icon } = CHANNELS[id]
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line py-2 first:border-t-0">
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 self-start text-text-3" />
              <div className="min-w-40 flex-1">
                <p className="flex items-center gap-2 text-14">
                  {title}
                  {config[id]?.enabled === false && (hasStopped(config, id) ? <Badge tone="bad" icon={CircleX}>{texts.ruleChannels.stopped}</Badge> : <Badge tone="muted">{texts.ruleChannels.off}</Badge>)}
                </p>
                <p className="text-13 wrap-anywhere text-text-3">{whereTo(id, config)}</p>
                {id !== 'email' && config[id] && <OwnTrouble rule={rule} receiver={config[id]} title={title} mayChange={mayTest} />}
                {id === 'email' && config.email?.enabled && (
                  <ul className="mt-1 flex flex-col gap-1 text-13">
                    <Unreached addresses={config.email.recipients} recipients={recipients} />
                  </ul>
                )}
              </div>
              {id === 'webhook' && (mayTest || config.webhook?.oldSecret) && <Signature rule={rule} />}
              {id !== 'email' && mayTest && <Test rule={rule} channel={id} title={title} />}
            </li>
          )
        })}
      </ul>
      {rule.escalation.length > 0 && <Escalation rule={rule} channels={channels} />}
    </>
  )
}
