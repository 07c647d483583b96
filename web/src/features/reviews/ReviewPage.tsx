import { getRouteApi, Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { CircleHelp, Equal, History, Trash2, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import type { AccessReviewNow, ReviewIs } from '@/api/types'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { Bone, PageSkeleton } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { Absolute, Ago } from '@/components/Time'
import { SOFT_TONE, type Tone } from '@/components/ui/Badge'
import { CopyButton } from '@/components/ui/CopyButton'
import { named } from '@/lib/named'
import { phrase } from '@/lib/phrase'
import { isSince } from '@/lib/since'
import { sentence } from '@/lib/sentence'
import { useReview } from '@/queries/reviews'
import { StatusBadge } from './looks'
import { Printed } from './Printed'
import { ReviewActions } from './ReviewActions'
import { Rows } from './Rows'
import { Subjects } from './Subjects'
import { texts } from './texts'
import { useOnPaper } from './useOnPaper'

const route = getRouteApi('/frame/access/reviews/$reviewId')

const NOTICES: Record<ReviewIs, { tone: Tone; icon: LucideIcon; title: (isSigned: boolean) => string }> = {
  same: { tone: 'muted', icon: Equal, title: () => texts.page.same },
  different: { tone: 'warn', icon: History, title: (isSigned) => (isSigned ? texts.page.differentSigned : texts.page.different) },
  gone: { tone: 'bad', icon: Trash2, title: () => texts.page.gone },
  unknown: { tone: 'warn', icon: CircleHelp, title: () => texts.page.unknown },
}

interface NoticeProps {
  tone: Tone
  icon: LucideIcon
  title: string
  children?: ReactNode
}

function Notice({ tone, icon: Icon, title, children }: NoticeProps) {
  return (
    <div role="status" className={clsx('flex items-start gap-2.5 rounded-lg border border-line px-3 py-2.5 text-13', SOFT_TONE[tone])}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  )
}

/** Whether what is written down is still so. */
function Standing({ found: { review, now } }: { found: AccessReviewNow }) {
  const { tone, icon, title } = named(NOTICES, now.standing, () => NOTICES.unknown)
  return (
    <Notice tone={tone} icon={icon} title={title(review.signedCount > 0)}>
      <p className="mt-0.5">
        {now.reason && `${sentence(now.reason)} `}
        {now.asOf && <>{phrase(texts.page.compared, { ago: <Ago at={now.asOf} /> })} </>}
        {now.standing === 'different' && isSince(review.madeAt) && (
          <Link to="/access/since" search={{ of: review.accountId, since: review.madeAt }} className="underline underline-offset-2">
            {texts.page.openedSince}
          </Link>
        )}
      </p>
    </Notice>
  )
}

function Detail({ found }: { found: AccessReviewNow }) {
  const { review } = found
  const { subject } = route.useSearch()
  const { rows, print } = useOnPaper(review.id)
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <StatusBadge status={review.status} />
          <h2 className="mt-2 text-20 font-semibold wrap-anywhere">{review.name}</h2>
          <p className="mt-0.5 text-13 wrap-anywhere text-text-3">
            {phrase(texts.page.made, { account: review.accountName, by: review.madeBy.name, ago: <Ago at={review.madeAt} />, signed: texts.signed(review) })}
          </p>
          {review.note !== '' && <p className="mt-2 max-w-prose text-14 wrap-anywhere whitespace-pre-line">{review.note}</p>}
        </div>
        <ReviewActions found={found} print={print} />
      </div>
      <div className="mb-4 flex flex-col gap-2">
        <Standing found={found} />
        {review.unread.length > 0 && (
          <Notice tone="warn" icon={TriangleAlert} title={texts.page.notAllKnown}>
            <p className="mt-0.5">{texts.page.unread({ lists: review.unread })}</p>
          </Notice>
        )}
      </div>
      <Subjects found={found} shown={subject} />
      <section aria-label={texts.rows.label} className="mt-6">
        <Rows review={review} />
      </section>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-text-3">
        <p className="min-w-0 wrap-anywhere">
          {phrase(texts.page.watched, { since: <Absolute at={review.watchedSince} />, digest: <code className="font-mono">{review.digest}</code> })}
        </p>
        <CopyButton text={review.digest} what={texts.page.digest} />
      </div>
      <Printed found={found} rows={rows} />
    </>
  )
}

const Waiting = () => (
  <>
    <PageSkeleton rows={3} />
    <Bone className="mt-4 h-64 w-full rounded-lg" />
  </>
)

function ReviewById() {
  const { reviewId } = route.useParams()
  const query = useReview(reviewId)
  usePageName(query.data?.review.name)
  return (
    <Loaded
      query={query}
      what={texts.theReview}
      skeleton={<Waiting />}
      gone={
        <NoSuch what={texts.noSuch} to="/access/reviews">
          {texts.whyNoSuch}
        </NoSuch>
      }
    >
      {(found) => <Detail found={found} />}
    </Loaded>
  )
}

/** One review: who could reach what, who signed it, and whether it is still so. */
export function ReviewPage() {
  return useCan('netbird:read') ? <ReviewById /> : <NotAllowed what={texts.what} permission="netbird:read" />
}
