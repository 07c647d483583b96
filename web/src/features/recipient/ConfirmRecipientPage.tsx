import { useQuery } from '@tanstack/react-query'
import { BellRing, Check, MailX, X } from 'lucide-react'
import { useState } from 'react'
import { hasSlug } from '@/api/problem'
import type { RecipientRequest } from '@/api/types'
import { Entrance, ENTRANCE_BUTTON, EntranceMessage } from '@/components/Entrance'
import { LinkExpired } from '@/components/LinkExpired'
import { OpeningLink } from '@/components/OpeningLink'
import { RequestFailure } from '@/components/RequestFailure'
import { Button } from '@/components/ui/Button'
import { useLinkToken } from '@/lib/arrival'
import { recipientRequestQuery, useAnswerRequest } from '@/queries/recipients'

const TITLE = 'Alerts by mail'

const PRESENT: Record<RecipientRequest['status'], string> = {
  pending: 'Nothing is sent to this address until you say yes.',
  confirmed: 'You said yes before. You can change your mind here.',
  declined: 'You said no before. You can change your mind here.',
}

function Answered({ accepted, request: { tenantName, email } }: { accepted: boolean; request: RecipientRequest }) {
  const Icon = accepted ? BellRing : MailX
  return (
    <Entrance title={accepted ? 'You will get these alerts' : 'You will get no alerts'}>
      <EntranceMessage>
        <Icon aria-hidden className={accepted ? 'size-8 text-ok-text' : 'size-8 text-muted-text'} strokeWidth={1.5} />
        <p className="wrap-anywhere">
          {accepted
            ? `Alerts of ${tenantName} go to ${email} from now on, where its rules name this address.`
            : `Nothing is ever mailed to ${email} for ${tenantName}, whatever its rules say.`}
        </p>
        <p className="text-13 text-text-2">You can close this page.</p>
      </EntranceMessage>
    </Entrance>
  )
}

const Expired = () => (
  <Entrance title={TITLE}>
    <LinkExpired>
      <p className="text-13 text-text-2">Nothing is sent to you until you say yes. Whoever wants to send you alerts can ask again.</p>
    </LinkExpired>
  </Entrance>
)

function Answer({ token, request }: { token: string; request: RecipientRequest }) {
  const { tenantName, email, status } = request
  const answer = useAnswerRequest()
  const [accept, setAccept] = useState<boolean | null>(null)
  const give = (yes: boolean) => {
    if (answer.isPending) return
    setAccept(yes)
    answer.mutate({ token, accept: yes })
  }
  if (hasSlug(answer.error, 'link-expired')) return <Expired />
  if (answer.isSuccess && accept !== null) return <Answered accepted={accept} request={request} />
  return (
    <Entrance
      title={TITLE}
      note={
        <>
          <strong className="font-semibold">{tenantName}</strong> wants to mail alerts about its network to <strong className="font-semibold">{email}</strong>. {PRESENT[status]}
        </>
      }
    >
      {/* Answered by a press, as programs that check mails open links too. */}
      <div className="flex flex-col gap-2">
        <Button variant="primary" icon={Check} className={ENTRANCE_BUTTON} busy={answer.isPending && accept === true} onClick={() => give(true)}>
          Yes, send me alerts of {tenantName}
        </Button>
        <Button icon={X} className={ENTRANCE_BUTTON} busy={answer.isPending && accept === false} onClick={() => give(false)}>
          No, never write to me for {tenantName}
        </Button>
        <RequestFailure error={answer.error} title="Your answer was not saved" />
      </div>
    </Entrance>
  )
}

function Opened({ token }: { token: string }) {
  const query = useQuery(recipientRequestQuery(token))
  if (query.data) return <Answer token={token} request={query.data} />
  return hasSlug(query.error, 'link-expired') ? <Expired /> : <OpeningLink title={TITLE} what="the request" query={query} />
}

/** Where the mail leads that asks somebody who is no member whether they want alerts. */
export function ConfirmRecipientPage() {
  const token = useLinkToken()
  return token ? <Opened key={token} token={token} /> : <Expired />
}
