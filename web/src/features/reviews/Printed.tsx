import { createPortal } from 'react-dom'
import { useUser } from '@/api/client'
import type { AccessReview, AccessReviewNow, AccessReviewRow } from '@/api/types'
import { Absolute } from '@/components/Time'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { decisionWord, statusWord } from './looks'
import { texts } from './texts'
import { ruleWords, servicesWords } from './words'

const CELL = 'border border-current px-1.5 py-1 text-left align-top wrap-anywhere'

function SignOffs({ review: { signOffs, subjects } }: { review: AccessReview }) {
  return (
    <>
      <h2 className="mt-6 mb-2 text-16 font-semibold">{texts.printed.signOffs}</h2>
      <table className="w-full table-fixed border-collapse text-12">
        <thead>
          <tr>
            {[texts.printed.subject, texts.printed.decision, texts.list.by, texts.printed.when, texts.sign.comment].map((title) => (
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
              <td className={CELL}>{signOff ? decisionWord(signOff.decision) : texts.subjects.notSigned}</td>
              <td className={CELL}>{signOff?.by.name}</td>
              <td className={CELL}>{signOff && <Absolute at={signOff.at} />}</td>
              <td className={`${CELL} whitespace-pre-line`}>{signOff?.comment}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {signOffs.length > 0 && <p className="mt-1 text-12">{texts.printed.times({ count: signOffs.length })}</p>}
    </>
  )
}

function Rows({ rows }: { rows: readonly AccessReviewRow[] }) {
  return (
    <table className="mt-2 w-full table-fixed border-collapse text-12">
      <thead>
        <tr>
          {[texts.rows.peer, texts.rows.reaches, texts.rows.on, texts.printed.byRule].map((title) => (
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
              {!row.isCertain && row.unknown ? texts.printed.targetsBecause({ targets: texts.row.targets(row), why: row.unknown }) : texts.row.targets(row)}
            </td>
            <td className={CELL}>{servicesWords(row)}</td>
            <td className={CELL}>
              {row.rules.map((rule) => (
                <p key={`${rule.policyId} ${rule.rule}`}>
                  {rule.lastChangedAt
                    ? phrase(texts.printed.ruleChanged, { rule: ruleWords(rule), at: <Absolute at={rule.lastChangedAt} />, by: rule.lastChangedBy ?? texts.row.somebody })
                    : texts.printed.ruleNotChanged({ rule: ruleWords(rule) })}
                </p>
              ))}
              {row.rules.length === 0 && texts.printed.noRule}
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
    [texts.printed.tenant, tenantName],
    [texts.list.account, review.accountName],
    [texts.list.created, <Absolute key="at" at={review.madeAt} />],
    [texts.list.by, review.madeBy.name],
    [texts.printed.networkRead, review.asOf ? <Absolute key="as-of" at={review.asOf} /> : texts.printed.notKnown],
    [texts.list.status, texts.printed.status({ status: statusWord(review.status), signed: texts.signed(review) })],
    [texts.list.rows, grouped(review.rowCount)],
    [texts.list.sha256, <code key="digest" className="font-mono">{review.digest}</code>],
  ] as const
  return createPortal(
    <article data-print aria-hidden className="text-13">
      <h1 className="text-20 font-semibold wrap-anywhere">{texts.printed.title(review)}</h1>
      <dl className="mt-3 grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 gap-y-1">
        {Facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {review.note !== '' && <p className="mt-3 wrap-anywhere whitespace-pre-line">{review.note}</p>}
      {review.unread.length > 0 && <p className="mt-3">{texts.printed.unread({ lists: review.unread })}</p>}
      {now.standing === 'different' && <p className="mt-3 font-semibold">{texts.printed.differs}</p>}
      <p className="mt-3">
        {phrase(texts.printed.watched, { since: <Absolute at={review.watchedSince} /> })}
      </p>
      <SignOffs review={review} />
      {review.subjects.map((subject) => {
        const own = rows?.filter(({ subjectId }) => subjectId === subject.id) ?? []
        return (
          <section key={subject.id}>
            <h2 className="mt-6 text-16 font-semibold wrap-anywhere break-after-avoid">
              {subject.id.startsWith('group:') ? texts.printed.group(subject) : texts.printed.resource(subject)}
            </h2>
            <p className="break-after-avoid">{texts.printed.reach(subject)}</p>
            <p className="text-12 wrap-anywhere break-after-avoid">
              {phrase(texts.sign.digest, { digest: <code className="font-mono">{subject.digest}</code> })}
            </p>
            {own.length > 0 && <Rows rows={own} />}
          </section>
        )
      })}
      {left > 0 && (
        <p className="mt-6 font-semibold">
          {texts.printed.left({ left, of: review.rowCount, isAsked: rows !== undefined })}
        </p>
      )}
    </article>,
    document.body,
  )
}
