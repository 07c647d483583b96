import { createPortal } from 'react-dom'
import { useUser } from '@/api/client'
import type { AccessReview, AccessReviewNow, AccessReviewRow } from '@/api/types'
import { Absolute } from '@/components/Time'
import { grouped, plural } from '@/lib/numbers'
import { decisionWord, statusWord } from './looks'
import { reachWords, ruleWords, servicesWords, signedWords } from './words'

const CELL = 'border border-current px-1.5 py-1 text-left align-top wrap-anywhere'

function SignOffs({ review: { signOffs, subjects } }: { review: AccessReview }) {
  return (
    <>
      <h2 className="mt-6 mb-2 text-16 font-semibold">Sign-off</h2>
      <table className="w-full table-fixed border-collapse text-12">
        <thead>
          <tr>
            {['Subject', 'Decision', 'By', 'When', 'Comment'].map((title) => (
              <th key={title} scope="col" className={`${CELL} font-semibold`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {subjects.map(({ id, name, signOff }) => (
            <tr key={id} className="break-inside-avoid">
              <td className={CELL}>{name}</td>
              <td className={CELL}>{signOff ? decisionWord(signOff.decision) : 'Not signed'}</td>
              <td className={CELL}>{signOff?.by.name}</td>
              <td className={CELL}>{signOff && <Absolute at={signOff.at} />}</td>
              <td className={`${CELL} whitespace-pre-line`}>{signOff?.comment}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {signOffs.length > 0 && <p className="mt-1 text-12">Signed {plural(signOffs.length, 'time')} in all. The audit trail has each with the digest.</p>}
    </>
  )
}

function Rows({ rows }: { rows: readonly AccessReviewRow[] }) {
  return (
    <table className="mt-2 w-full table-fixed border-collapse text-12">
      <thead>
        <tr>
          {['Peer', 'Reaches', 'On', 'By rule, last changed'].map((title) => (
            <th key={title} scope="col" className={`${CELL} font-semibold`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.peerId} className="break-inside-avoid">
            <td className={CELL}>{row.peerName || row.peerId}</td>
            <td className={CELL}>
              {grouped(row.reached)} of {grouped(row.targets)}
              {row.perhaps > 0 && `, perhaps ${grouped(row.perhaps)}`}
              {!row.isCertain && row.unknown && ` (${row.unknown})`}
            </td>
            <td className={CELL}>{servicesWords(row)}</td>
            <td className={CELL}>
              {row.rules.map((rule) => (
                <p key={`${rule.policyId} ${rule.rule}`}>
                  {ruleWords(rule)}:{' '}
                  {rule.lastChangedAt ? (
                    <>
                      <Absolute at={rule.lastChangedAt} /> by {rule.lastChangedBy ?? 'somebody not known'}
                    </>
                  ) : (
                    'not changed since watched'
                  )}
                </p>
              ))}
              {row.rules.length === 0 && 'No rule of a policy'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface PrintedProps {
  found: AccessReviewNow
  /** Undefined until somebody wants them on paper. */
  rows: readonly AccessReviewRow[] | undefined
}

/** The review on paper: beside the app in the page, and all of the page when it is printed. */
export function Printed({ found: { review, now }, rows }: PrintedProps) {
  const { tenantName } = useUser()
  const left = rows === undefined ? review.rowCount : review.rowCount - rows.length
  const Facts = [
    ['Tenant', tenantName],
    ['Account', review.accountName],
    ['Created', <Absolute key="at" at={review.madeAt} />],
    ['By', review.madeBy.name],
    ['Network read', review.asOf ? <Absolute key="as-of" at={review.asOf} /> : 'not known'],
    ['Status', `${statusWord(review.status)}: ${signedWords(review)}`],
    ['Rows', grouped(review.rowCount)],
    ['SHA-256', <code key="digest" className="font-mono">{review.digest}</code>],
  ] as const
  return createPortal(
    <article data-print aria-hidden className="text-13">
      <h1 className="text-20 font-semibold wrap-anywhere">Access review: {review.name}</h1>
      <dl className="mt-3 grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 gap-y-1">
        {Facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {review.note !== '' && <p className="mt-3 wrap-anywhere whitespace-pre-line">{review.note}</p>}
      {review.unread.length > 0 && <p className="mt-3">Missing or old when it was made, as they could not be read: {review.unread.join(', ')}.</p>}
      {now.standing === 'different' && <p className="mt-3 font-semibold">The network differs from what is written down here.</p>}
      <p className="mt-3">
        Rules without a last change were not changed since <Absolute at={review.watchedSince} />.
      </p>
      <SignOffs review={review} />
      {review.subjects.map((subject) => {
        const own = rows?.filter(({ subjectId }) => subjectId === subject.id) ?? []
        return (
          <section key={subject.id}>
            <h2 className="mt-6 text-16 font-semibold wrap-anywhere break-after-avoid">
              {subject.id.startsWith('group:') ? 'Group' : 'Resource'} {subject.name}
            </h2>
            <p className="break-after-avoid">{reachWords(subject)}.</p>
            <p className="text-12 wrap-anywhere break-after-avoid">
              SHA-256 <code className="font-mono">{subject.digest}</code>
            </p>
            {own.length > 0 && <Rows rows={own} />}
          </section>
        )
      })}
      {left > 0 && (
        <p className="mt-6 font-semibold">
          {plural(left, 'row')} of {grouped(review.rowCount)} {left === 1 ? 'is' : 'are'} not printed here. {rows === undefined ? 'Print from the review’s own button to have rows on paper.' : 'The exported file has them all.'}
        </p>
      )}
    </article>,
    document.body,
  )
}
