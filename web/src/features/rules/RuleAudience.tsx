import clsx from 'clsx'
import { Globe, Mail } from 'lucide-react'
import type { AlertRule, Recipient } from '@/api/types'
import { TEXT_TONE } from '@/components/ui/Badge'
import { listed } from '@/lib/numbers'
import { recipientLook, unreached } from './recipientStatus'

/** Whom a rule tells, and who of them does not hear it. */
export function RuleAudience({ rule, recipients }: { rule: AlertRule; recipients: readonly Recipient[] }) {
  const { email, webhook } = rule.notificationConfig
  const headers = Object.keys(webhook?.headers ?? {})
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-13 text-text-3">
      {email?.enabled && (
        <li className="flex min-w-0 items-center gap-1.5">
          <Mail aria-label="Email" className="size-3.5 shrink-0" />
          <span className="truncate">{listed(email.recipients)}</span>
        </li>
      )}
      {email?.enabled &&
        unreached(email.recipients, recipients).map(({ status, emails }) => {
          const { word, tone, icon: Icon } = recipientLook(status)
          return (
            <li key={status} className={clsx('flex w-full min-w-0 items-start gap-1.5', TEXT_TONE[tone])}>
              <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              <span className="min-w-0 wrap-anywhere">
                {word}: {listed(emails)}
              </span>
            </li>
          )
        })}
      {webhook?.enabled && (
        <li className="flex min-w-0 items-center gap-1.5">
          <Globe aria-label="Webhook" className="size-3.5 shrink-0" />
          <span className="truncate">
            {webhook.url ?? webhook.host}
            {headers.length > 0 && `, with ${listed(headers)}`}
            {webhook.secretHint && `, signed with ${webhook.secretHint}`}
          </span>
        </li>
      )}
      {!email?.enabled && !webhook?.enabled && <li>Tells nobody; alerts show in the list only</li>}
    </ul>
  )
}
