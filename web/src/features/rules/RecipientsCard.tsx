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
import { useRecipients, useResendRequest } from '@/queries/recipients'
import { recipientLook } from '@/components/recipientStatus'
import { texts } from './texts'

function SendAgain({ recipient: { id, email } }: { recipient: Recipient }) {
  const resend = useResendRequest()
  const onError = (error: Error) => {
    if (hasSlug(error, 'rate-limited')) announceWait(texts.sendAgain.wasAskedLately({ email }), error.retryAfter)
    else announceFailure(error)
  }
  return (
    <Button icon={MailPlus} busy={resend.isPending} onClick={() => resend.mutate(id, { onSuccess: () => announce(texts.sendAgain.newRequestOnIts({ email })), onError })}>
      {texts.sendAgain.sendRequestAgain}
      <span className="sr-only"> {texts.sendAgain.to({ email })}</span>
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
          {answeredAt ? texts.recipientsCard.answered : texts.recipientsCard.asked}
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
  if (recipients.length === 0) return <p className="px-4 pb-4 text-13 text-text-3">{texts.recipients.nobodyWasAskedSo}</p>
  return (
    <>
      {open.length > 0 && list(texts.recipients.recipientsWhoHaveNot, open)}
      {confirmed.length > 0 && (
        <details className="border-t border-line">
          <summary className="px-4 py-3 text-13 text-accent-text">{texts.recipients.confirmed({ confirmed: confirmed.length })}</summary>
          {list(texts.recipients.recipientsWhoConfirmed, confirmed)}
        </details>
      )}
    </>
  )
}

/** Whom rules write to and who is not a member, with what they answered. */
export function RecipientsCard() {
  const query = useRecipients()
  return (
    <Card title={texts.recipientsCard.title} className="mt-4">
      <p className="px-4 pb-3 text-13 text-text-2">{texts.recipientsCard.whoeverNotMemberAsked}</p>
      <Loaded query={query} what={texts.recipientsCard.recipients} skeleton={<SkeletonRows rows={2} className="h-13" />}>
        {(recipients) => <Recipients recipients={recipients} />}
      </Loaded>
    </Card>
  )
}
