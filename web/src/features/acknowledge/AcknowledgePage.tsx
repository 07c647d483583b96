import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CheckCheck } from 'lucide-react'
import { limits } from '@/api/__generated__/limits'
import { hasSlug } from '@/api/problem'
import type { LinkedAlert } from '@/api/types'
import { Entrance, ENTRANCE_BUTTON, ENTRANCE_LINK, EntranceMessage } from '@/components/Entrance'
import { FormFailure } from '@/components/FormFailure'
import { OpeningLink } from '@/components/OpeningLink'
import { RequestFailure } from '@/components/RequestFailure'
import { SeverityBadge } from '@/components/status'
import { Absolute, Clock, Lasting } from '@/components/Time'
import { TEXT_TONE } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { TextAreaField } from '@/components/ui/Field'
import { useForm } from '@/components/useForm'
import { useLinkToken } from '@/lib/arrival'
import { phrase } from '@/lib/phrase'
import { linkedAlertQuery, useAcknowledgeByLink } from '@/queries/acknowledgement'
import { settled } from './settled'
import { texts } from './texts'

const TITLE = texts.title.acknowledgeAlert

const allAlerts = (
  <Link to="/alerts" className={ENTRANCE_LINK}>
    {texts.allAlerts.seeAllAlerts}
  </Link>
)

/** Which alert it is, in the few words that are read at night. */
function About({ alert: { title, severity, accountName, since, target } }: { alert: LinkedAlert }) {
  return (
    <div className="flex flex-col items-start gap-2">
      <SeverityBadge severity={severity} />
      <p className="text-16 font-semibold wrap-anywhere">{title}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-13">
        <dt className="text-text-3">{texts.about.account}</dt>
        <dd className="wrap-anywhere">{accountName}</dd>
        <dt className="text-text-3">{texts.about.for}</dt>
        <dd>
          {phrase(texts.about.lasting, { lasting: <Lasting at={since} />, mark: (words) => <span className="text-text-3">{words}</span>, when: <Clock at={since} /> })}
        </dd>
        <dt className="text-text-3">{texts.about.told}</dt>
        <dd className="wrap-anywhere">{target}</dd>
      </dl>
    </div>
  )
}

/** The link is used up, too old or not whole; what of it is so is told to nobody who only has a link. */
const Broken = () => (
  <Entrance title={TITLE} elsewhere={allAlerts}>
    <div className="flex flex-col gap-3">
      <FormFailure title={texts.broken.failed}>{texts.broken.messageOlderThanThree}</FormFailure>
      <p className="text-13 text-text-2">{texts.broken.openLinkFromNewest}</p>
    </div>
  </Entrance>
)

/** Nothing is left to be done with the link. */
function Settled({ alert, isOwn }: { alert: LinkedAlert; isOwn: boolean }) {
  const { status, acknowledgedAt, acknowledgedBy } = alert
  const { title, words, icon: Icon, tone } = settled(status, isOwn)
  return (
    <Entrance title={title} elsewhere={allAlerts}>
      <EntranceMessage>
        <Icon aria-hidden className={clsx('size-8', TEXT_TONE[tone])} strokeWidth={1.5} />
        <p className="font-semibold wrap-anywhere">{alert.title}</p>
        {status === 'acknowledged' && !isOwn && acknowledgedAt && (
          <p className="wrap-anywhere">
            {acknowledgedBy ? phrase(texts.settled.byOn, { name: acknowledgedBy, when: <Absolute at={acknowledgedAt} /> }) : phrase(texts.settled.on, { when: <Absolute at={acknowledgedAt} /> })}
          </p>
        )}
        <p className="text-13 text-text-2">{words}</p>
      </EntranceMessage>
    </Entrance>
  )
}

function Answer({ token, alert }: { token: string; alert: LinkedAlert }) {
  const acknowledge = useAcknowledgeByLink()
  const { draft, change, errors, form } = useForm({
    initial: { message: '' },
    mutation: acknowledge,
    request: ({ message }) => ({ token, ...(message.trim() !== '' && { message: message.trim() }) }),
  })
  const { data: after, error, isPending, isSuccess } = acknowledge
  if (hasSlug(error, 'link-expired')) return <Broken />
  if (isSuccess) return <Settled alert={after} isOwn={after.acknowledgedNow} />
  if (alert.status !== 'open') return <Settled alert={alert} isOwn={false} />
  return (
    <Entrance title={TITLE} elsewhere={allAlerts}>
      {/* By a press, as programs that check messages open links too. */}
      <form {...form} className="flex flex-col gap-4">
        <About alert={alert} />
        <Button type="submit" variant="primary" icon={CheckCheck} className={`${ENTRANCE_BUTTON} min-h-12! text-16!`} busy={isPending}>
          {texts.answer.acknowledge}
        </Button>
        <RequestFailure error={error} title={texts.answer.failed} fields={['/message']} />
        <TextAreaField
          label={texts.answer.message}
          optional
          rows={2}
          hint={texts.answer.messageHint}
          maxLength={limits.AcknowledgeByLink.message.maxLength}
          value={draft.message}
          error={errors['/message']}
          onChange={(event) => change({ message: event.target.value })}
        />
      </form>
    </Entrance>
  )
}

function Opened({ token }: { token: string }) {
  const query = useQuery(linkedAlertQuery(token))
  if (query.data) return <Answer token={token} alert={query.data} />
  return hasSlug(query.error, 'link-expired') ? <Broken /> : <OpeningLink title={TITLE} what={texts.opened.alert} query={query} />
}

/** Where the link of a message leads: the alert is acknowledged by a press, whoever has the link. */
export function AcknowledgePage() {
  const token = useLinkToken()
  return token ? <Opened key={token} token={token} /> : <Broken />
}
