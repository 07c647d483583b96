import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import type { Alert } from '@/api/types'
import { Attempts } from '@/components/Attempts'
import { Clock } from '@/components/Time'
import { FILL_TONE } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { CommentBox } from './CommentBox'
import { texts } from './texts'
import { timeline } from './timeline'

/** What happened to an alert, newest first, and what people say of it. */
export function AlertTimeline({ alert }: { alert: Alert }) {
  return (
    <Card
      title={texts.alertTimeline.title}
      action={
        <Link to="/deliveries" search={{ alert: alert.id }} className="text-13 text-accent-text hover:underline">
          {texts.alertTimeline.itsDeliveries}
        </Link>
      }
    >
      <ol className="px-4 py-2">
        {timeline(alert).map(({ at, tone, lead, text, note, said, attempts }, index, all) => (
          <li key={`${at} ${lead ?? ''} ${text} ${said ?? ''}`} className="flex gap-3 text-14">
            <Clock at={at} seconds className="w-24 shrink-0 text-right text-13 leading-5 text-text-3 max-sm:w-18" />
            <span aria-hidden className="flex w-2.5 flex-col items-center">
              <span className={clsx('mt-1.25 size-2.5 shrink-0 rounded-full', FILL_TONE[tone])} />
              {index < all.length - 1 && <span className="w-px flex-1 bg-line" />}
            </span>
            <div className="min-w-0 pb-4">
              <p className="break-words">
                <strong className="font-semibold">{lead}</strong> {text}
              </p>
              {note && <p className="mt-0.5 text-13 break-words text-text-3">{note}</p>}
              {attempts && (
                <details className="mt-0.5">
                  <summary className="w-fit rounded-sm text-13 text-accent-text">{attempts.tries.length === 1 ? texts.alertTimeline.attempt : texts.alertTimeline.eachAttempt}</summary>
                  <div className="mt-1">
                    <Attempts {...attempts} />
                  </div>
                </details>
              )}
              {said && <p className="mt-1 rounded-md border border-line bg-surface-2 px-3 py-2 text-13 break-words whitespace-pre-line">{said}</p>}
            </div>
          </li>
        ))}
      </ol>
      <CommentBox alert={alert} />
    </Card>
  )
}
