import { CircleCheck, CircleX, Clock3, Send } from 'lucide-react'
import { useCan } from '@/api/client'
import { ApiProblem, hasSlug } from '@/api/problem'
import type { AlertRule, ChannelTest, Recipient, TestedChannel } from '@/api/types'
import { CHANNEL_IDS, CHANNELS } from '@/components/channels'
import { Badge, TEXT_TONE } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { oneUnit } from '@/lib/time'
import { useSendTest } from '@/queries/rules'
import { Unreached } from './RuleAudience'
import { outcome, whereTo } from './channelWords'

/** The receiver's own answer. */
function Outcome({ test }: { test: ChannelTest }) {
  const Icon = test.delivered ? CircleCheck : CircleX
  return (
    <div className={TEXT_TONE[test.delivered ? 'ok' : 'bad']}>
      <p className="flex items-start gap-1.5">
        <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0 wrap-anywhere">{outcome(test)}</span>
      </p>
      {test.answer && <p className="mt-0.5 pl-5 wrap-anywhere text-text-3">It said: {test.answer}</p>}
    </div>
  )
}

/** Why nothing was sent. */
function NotSent({ error }: { error: Error }) {
  const isEarly = hasSlug(error, 'rate-limited')
  const Icon = isEarly ? Clock3 : CircleX
  const said = error instanceof ApiProblem && error.fields.length > 0 ? error.fields.map(({ detail }) => detail).join(', ') : error.message
  return (
    <p className={`flex items-start gap-1.5 ${TEXT_TONE[isEarly ? 'info' : 'bad']}`}>
      <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 wrap-anywhere">
        {isEarly
          ? `Not sent: too many tests in a short time. Wait ${error.retryAfter === undefined ? 'a moment' : oneUnit(error.retryAfter * 1000)}, then try again.`
          : `Not sent: ${said}`}
      </span>
    </p>
  )
}

function Test({ rule, channel, title }: { rule: AlertRule; channel: TestedChannel; title: string }) {
  const send = useSendTest(rule.id)
  return (
    <>
      <Button icon={Send} busy={send.isPending} aria-label={`Send test: ${title}`} onClick={() => send.mutate(channel)}>
        Send test
      </Button>
      <div role="status" className="w-full text-13 empty:hidden">
        {send.isSuccess && <Outcome test={send.data} />}
        {send.isError && <NotSent error={send.error} />}
      </div>
    </>
  )
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
