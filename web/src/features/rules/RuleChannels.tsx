import { useCan } from '@/api/client'
import type { AlertRule, Recipient, TestedChannel } from '@/api/types'
import { CHANNEL_IDS, CHANNELS } from '@/components/channels'
import { ChannelTestButton } from '@/components/ChannelTestButton'
import { Badge } from '@/components/ui/Badge'
import { useSendTest } from '@/queries/rules'
import { Unreached } from './RuleAudience'
import { whereTo } from './channelWords'

function Test({ rule, channel, title }: { rule: AlertRule; channel: TestedChannel; title: string }) {
  const send = useSendTest(rule.id)
  return <ChannelTestButton name={title} send={send} request={channel} />
}

/** Whom a rule tells: each of its channels, whether it is on, and where those that can be tried lead. */
export function RuleChannels({ rule, recipients }: { rule: AlertRule; recipients: readonly Recipient[] }) {
  const mayTest = useCan('rules:write')
  const config = rule.notificationConfig
  const present = CHANNEL_IDS.filter((id) => config[id])
  return (
    <>
      {!present.some((id) => config[id]?.enabled) && <p className="py-1 text-13 text-text-3">Tells nobody; alerts show in the list only</p>}
      <ul aria-label="Channels">
        {present.map((id) => {
          const { title, icon: Icon } = CHANNELS[id]
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line py-2 first:border-t-0">
              <Icon aria-hidden className="mt-0.5 size-4 shrink-0 self-start text-text-3" />
              <div className="min-w-40 flex-1">
                <p className="flex items-center gap-2 text-14">
                  {title}
                  {config[id]?.enabled === false && <Badge tone="muted">Off</Badge>}
                </p>
                <p className="text-13 wrap-anywhere text-text-3">{whereTo(id, config)}</p>
                {id === 'email' && config.email?.enabled && (
                  <ul className="mt-1 flex flex-col gap-1 text-13">
                    <Unreached email={config.email} recipients={recipients} />
                  </ul>
                )}
              </div>
              {id !== 'email' && mayTest && <Test rule={rule} channel={id} title={title} />}
            </li>
          )
        })}
      </ul>
    </>
  )
}
