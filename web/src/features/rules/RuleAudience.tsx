import clsx from 'clsx'
import type { AlertRule, Recipient, RuleNotification } from '@/api/types'
import { CHANNEL_IDS, CHANNELS, type ChannelId } from '@/components/channels'
import { TEXT_TONE } from '@/components/ui/Badge'
import { listed } from '@/lib/numbers'
import { recipientLook, unreached } from './recipientStatus'
import { whereTo } from './channelWords'

/** Addresses that do not hear it, by why. */
export function Unreached({ email, recipients }: { email: NonNullable<RuleNotification['email']>; recipients: readonly Recipient[] }) {
  return unreached(email.recipients, recipients).map(({ status, emails }) => {
    const { word, tone, icon: Icon } = recipientLook(status)
    return (
      <li key={status} className={clsx('flex w-full min-w-0 items-start gap-1.5', TEXT_TONE[tone])}>
        <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span className="min-w-0 wrap-anywhere">
          {word}: {listed(emails)}
        </span>
      </li>
    )
  })
}

function Told({ id, config }: { id: ChannelId; config: RuleNotification }) {
  const { title, icon: Icon } = CHANNELS[id]
  return (
    <li className="flex min-w-0 items-center gap-1.5">
      <Icon aria-label={title} className="size-3.5 shrink-0" />
      <span className="truncate">{whereTo(id, config)}</span>
    </li>
  )
}

/** Whom a rule tells, and who of them does not hear it. */
export function RuleAudience({ rule: { notificationConfig: config }, recipients }: { rule: AlertRule; recipients: readonly Recipient[] }) {
  const told = CHANNEL_IDS.filter((id) => config[id]?.enabled)
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-13 text-text-3">
      {told.map((id) => (
        <Told key={id} id={id} config={config} />
      ))}
      {config.email?.enabled && <Unreached email={config.email} recipients={recipients} />}
      {told.length === 0 && <li>Tells nobody; alerts show in the list only</li>}
    </ul>
  )
}
