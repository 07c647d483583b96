import clsx from 'clsx'
import { MailPlus } from 'lucide-react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Recipient } from '@/api/types'
import { announce, announceFailure, announceWait } from '@/components/announcements'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Ago } from '@/components/Time'
import { Mark } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { plural } from '@/lib/numbers'
import { useRecipients, useResendRequest } from '@/queries/recipients'
import { recipientLook } from '@/components/recipientStatus'

function SendAgain({ recipient: { id, email } }: { recipient: Recipient }) {
  const resend = useResendRequest()
  const onError = (error: Error) => {
    if (hasSlug(error, 'rate-limited')) announceWait(`${email} was asked lately.`, error.retryAfter)
    else announceFailure(error)
  }
  return (
    <Button icon={MailPlus} busy={resend.isPending} onClick={() => resend.mutate(id, { onSuccess: () => announce(`A new request is on its way to ${email}.`), onError })}>
      Send the request again
      <span className="sr-only"> to {email}</span>
    </Button>
  )
}

function Row({ recipient }: { recipient: Recipient }) {
  const { email, status, askedAt, answeredAt } = recipient
  const mayWrite = useCan('rules:write')
  const { word, ...look } = recipientLook(status)
  return (
    <li
      className={clsx(
        'flex min-h-13 flex-col items-start justify-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 first:border-t-0 sm:grid sm:items-center',
        mayWrite ? 'sm:grid-cols-[minmax(0,1fr)_9.5rem_13rem]' : 'sm:grid-cols-[minmax(0,1fr)_9.5rem]',
      )}
    >
      <div className="max-w-full min-w-0">
        <p className="text-14 wrap-anywhere">{email}</p>
        <p className="text-12 text-text-3">
          {answeredAt ? 'answered ' : 'asked '}
          <Ago at={answeredAt ?? askedAt} />
        </p>
      </div>
      <Mark {...look} className="text-13">
        {word}
      </Mark>
      {status === 'pending' && mayWrite && (
        <div className="sm:text-right">
          <SendAgain recipient={recipient} />
        </div>
      )}
    </li>
  )
}

const URGENCY = { pending: 0, declined: 1, confirmed: 2 } as const

function Recipients({ recipients }: { recipients: readonly Recipient[] }) {
  const open = recipients.filter(({ status }) => status !== 'confirmed').sort((one, other) => URGENCY[one.status] - URGENCY[other.status])
  const confirmed = recipients.filter(({ status }) => status === 'confirmed')
  const list = (label: string, some: readonly Recipient[]) => (
    <ul aria-label={label}>
      {some.map((recipient) => (
        <Row key={recipient.id} recipient={recipient} />
      ))}
    </ul>
  )
  if (recipients.length === 0) return <p className="px-4 pb-4 text-13 text-text-3">Nobody was asked so far.</p>
  return (
    <>
      {open.length > 0 && list('Recipients who have not confirmed', open)}
      {confirmed.length > 0 && (
        <details className="border-t border-line">
          <summary className="px-4 py-3 text-13 text-accent-text">{plural(confirmed.length, 'recipient')} confirmed</summary>
          {list('Recipients who confirmed', confirmed)}
        </details>
      )}
    </>
  )
}

/** Whom rules write to and who is not a member, with what they answered. */
export function RecipientsCard() {
  const query = useRecipients()
  return (
    <Card title="Recipients outside this tenant" className="mt-4">
      <p className="px-4 pb-3 text-13 text-text-2">Whoever is not a member is asked once, by mail, before the first message. Nothing else is sent to them until they say yes.</p>
      <Loaded query={query} what="the recipients" skeleton={<SkeletonRows rows={2} className="h-13" />}>
        {(recipients) => <Recipients recipients={recipients} />}
      </Loaded>
    </Card>
  )
}
