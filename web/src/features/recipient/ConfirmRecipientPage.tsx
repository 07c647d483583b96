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
import { phrase } from '@/lib/phrase'
import { recipientRequestQuery, useAnswerRequest } from '@/queries/recipients'
import { texts } from './texts'

const TITLE = texts.title.alertsByMail

const PRESENT: Record<RecipientRequest['status'], string> = {
  pending: texts.present.pending,
  confirmed: texts.present.confirmed,
  declined: texts.present.declined,
}

function Answered({ accepted, request: { tenantName, email } }: { accepted: boolean; request: RecipientRequest }) {
  const Icon = accepted ? BellRing : MailX
  return (
    <Entrance title={accepted ? texts.answered.willGetTheseAlerts : texts.answered.willGetNoAlerts}>
      <EntranceMessage>
        <Icon aria-hidden className={accepted ? 'size-8 text-ok-text' : 'size-8 text-muted-text'} strokeWidth={1.5} />
        <p className="wrap-anywhere">
          {accepted
            ? texts.answered.alertsGoFromNow({ tenantName, email })
            : texts.answered.nothingEverMailedFor({ email, tenantName })}
        </p>
        <p className="text-13 text-text-2">{texts.answered.canClosePage}</p>
      </EntranceMessage>
    </Entrance>
  )
}

const Expired = () => (
  <Entrance title={TITLE}>
    <LinkExpired>
      <p className="text-13 text-text-2">{texts.expired.nothingSentUntilSay}</p>
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
          {phrase(texts.answer.wantsMailAlertsAbout, { tenantName: <strong className="font-semibold">{tenantName}</strong>, email: <strong className="font-semibold">{email}</strong>, present: PRESENT[status] })}
        </>
      }
    >
      {/* Answered by a press, as programs that check mails open links too. */}
      <div className="flex flex-col gap-2">
        <Button variant="primary" icon={Check} className={ENTRANCE_BUTTON} busy={answer.isPending && accept === true} onClick={() => give(true)}>
          {texts.answer.yesSendMeAlerts({ tenantName })}
        </Button>
        <Button icon={X} className={ENTRANCE_BUTTON} busy={answer.isPending && accept === false} onClick={() => give(false)}>
          {texts.answer.noNeverWriteMe({ tenantName })}
        </Button>
        <RequestFailure error={answer.error} title={texts.answer.failed} />
      </div>
    </Entrance>
  )
}

function Opened({ token }: { token: string }) {
  const query = useQuery(recipientRequestQuery(token))
  if (query.data) return <Answer token={token} request={query.data} />
  return hasSlug(query.error, 'link-expired') ? <Expired /> : <OpeningLink title={TITLE} what={texts.opened.request} query={query} />
}

/** Where the mail leads that asks somebody who is no member whether they want alerts. */
export function ConfirmRecipientPage() {
  const token = useLinkToken()
  return token ? <Opened key={token} token={token} /> : <Expired />
}
