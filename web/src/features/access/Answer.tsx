import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { BellPlus, CircleAlert, Download, Link2, RefreshCw } from 'lucide-react'
import type { AccessCheck, AccessReason } from '@/api/types'
import { announce, announceFailure } from '@/components/announcements'
import { ItemLink } from '@/components/items/ItemLink'
import { ageTone } from '@/components/syncAge'
import { Ago } from '@/components/Time'
import { FILL_TONE, SOFT_TONE, TEXT_TONE, type Tone } from '@/components/ui/Badge'
import { Button, buttonClass } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { useCsvFile } from '@/components/useCsvFile'
import { endOf, SOURCES, TARGETS, writeEnd, type AccessSearch } from '@/lib/accessEnds'
import { grouped, listed, plural } from '@/lib/numbers'
import { useEverySecond } from '@/lib/ticker'
import type { Question } from '@/queries/access'
import { questionFile } from '@/queries/accessFiles'
import { useAccounts } from '@/queries/accounts'
import { useCan } from '@/api/client'
import { reasonLook, verdictLook } from './looks'
import { ToChange } from './ToChange'
import { Ways } from './Ways'

/** Of which pairs, where there are several. */
function Extent({ answer: { verdict, counts } }: { answer: AccessCheck }) {
  if (counts.pairs <= 1) return null
  const said = verdict === 'unknown' ? `${grouped(counts.unknown)} of ${plural(counts.pairs, 'pair')}` : `${grouped(verdict === 'denied' ? counts.denied : counts.allowed)} of ${plural(counts.pairs, 'pair')}`
  return <span className="text-14 text-text-2 tabular-nums">{said}</span>
}

function Services({ title, words, tone }: { title: string; words: readonly string[]; tone: Tone }) {
  return (
    <div className="flex flex-wrap items-baseline gap-2">
      <dt className="w-26 shrink-0 text-13 text-text-3">{title}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap gap-1.5">
        {words.length === 0 ? (
          <span className="text-13 text-text-2">nothing</span>
        ) : (
          words.map((word) => (
            <span key={word} className={clsx('rounded-sm px-2 py-0.5 text-13 font-medium tabular-nums', SOFT_TONE[tone])}>
              {word}
            </span>
          ))
        )}
      </dd>
    </div>
  )
}

/** How the pairs are shared out, in words and as a bar. */
function Pairs({ counts, from }: Pick<AccessCheck, 'counts' | 'from'>) {
  const parts = (
    [
      ['allowed', 'ok', counts.allowed],
      ['denied', 'bad', counts.denied],
      ['not known', 'warn', counts.unknown],
    ] as const
  ).filter(([, , count]) => count > 0)
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-2">
        <dt className="w-26 shrink-0 text-13 text-text-3">{plural(counts.pairs, 'pair')}</dt>
        <dd className="min-w-0 flex-1 text-13">
          <span aria-hidden className="mb-1 flex h-1.5 max-w-sm gap-px overflow-hidden rounded-full">
            {parts.map(([word, tone, count]) => (
              <span key={word} className={FILL_TONE[tone]} style={{ flexGrow: count }} />
            ))}
          </span>
          {listed(parts.map(([word, , count]) => `${grouped(count)} ${word}`))}
        </dd>
      </div>
      {counts.sources > 1 && (
        <div className="flex flex-wrap items-baseline gap-2">
          <dt className="w-26 shrink-0 text-13 text-text-3">Who reaches</dt>
          <dd className="min-w-0 flex-1 text-13 wrap-anywhere">
            {grouped(counts.reaching)} of {plural(counts.sources, 'peer')}
            {from.type !== 'any' && ` of ${from.name}`} {counts.targets === 1 ? 'for sure' : 'reach one or more for sure'}
            {counts.perhaps > 0 && `, ${grouped(counts.perhaps)} more perhaps`}
          </dd>
        </div>
      )}
    </>
  )
}

function Reason({ reason, accountId, decides, severalPeers }: { reason: AccessReason; accountId: string; decides: boolean; severalPeers: boolean }) {
  const { icon: Icon, tone, word } = reasonLook(reason.kind)
  const { policyId, policyName, rule, peers } = reason
  return (
    <li className={clsx('flex gap-3 px-4 py-3', decides && `rounded-md ${SOFT_TONE.accent} text-text-1`)}>
      <Icon aria-hidden className={clsx('mt-0.5 size-4.5 shrink-0', TEXT_TONE[tone])} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-12">
          <span className={TEXT_TONE[tone]}>{word}</span>
          {decides && <span className="text-text-2">decides</span>}
          {severalPeers && peers > 0 && <span className="text-text-3">{plural(peers, 'peer')}</span>}
        </p>
        <p className="mt-0.5 text-14 wrap-anywhere">{reason.sentence}</p>
        {policyId && (
          <ItemLink kind="policy" id={policyId} of={accountId} className="mt-1 inline-block py-0.5 text-13 wrap-anywhere text-accent-text hover:underline touch:py-2">
            Policy {policyName || policyId}
            {typeof rule === 'number' && `, rule ${rule + 1}`}
          </ItemLink>
        )}
      </div>
    </li>
  )
}

/** How old the answer is; what it goes by is the account's last sync. */
function Age({ answer }: { answer: AccessCheck }) {
  const { data } = useAccounts(useCan('accounts:read'))
  const accounts = (data ?? []).filter(({ id }) => id === answer.accountId)
  const tone = useEverySecond((now) => ageTone(accounts, now))
  if (!answer.asOf) return <span className="text-warn-text">{answer.accountName} was never read in full</span>
  return (
    <span className={tone === 'ok' ? 'text-text-3' : TEXT_TONE[tone]}>
      {answer.accountName}, as of <Ago at={answer.asOf} />
    </span>
  )
}

/** On what, as the address has it. */
const askedAbout = ({ protocol, port }: Pick<AccessCheck, 'protocol' | 'port'>): Pick<AccessSearch, 'protocol' | 'port'> => ({ ...(protocol !== 'all' && { protocol }), ...(typeof port === 'number' && { port: String(port) }) })

/** A rule that tells when it is not so any more. Where it is neither for all nor for none, what should be so is to be chosen. */
function Watch({ answer }: { answer: AccessCheck }) {
  const { accountId, from, to, verdict, extent } = answer
  const mayWrite = useCan('rules:write')
  const [source, target] = [endOf(from, SOURCES), endOf(to, TARGETS)]
  if (!mayWrite || !source || !target) return null
  const expected = verdict === 'denied' ? 'denied' : verdict === 'allowed' && extent === 'all' ? 'allowed' : undefined
  return (
    <Link
      to="/rules/new"
      search={{ condition: 'access', of: accountId, source: writeEnd(source), target: writeEnd(target), ...askedAbout(answer), ...(expected && { expected }) }}
      className={buttonClass()}
    >
      <BellPlus aria-hidden className="size-4 shrink-0" />
      Watch this
    </Link>
  )
}

interface AnswerProps {
  question: Question
  answer: AccessCheck
  refreshing: boolean
  onRefresh: () => void
}

/** The verdict, on what, of whom, and why. */
export function Answer({ question, answer, refreshing, onRefresh }: AnswerProps) {
  const { icon: Icon, tone, word } = verdictLook(answer)
  const { open, mayBeOpen, counts, reasons, omittedReasons, unread, verdict } = answer
  const { ways, omittedWays, toChange } = answer
  const { save, isSaving } = useCsvFile('access-pairs', questionFile(question))
  const on = askedAbout(answer)
  const source = endOf(answer.from, SOURCES)
  const perhaps = mayBeOpen.filter((one) => !open.includes(one))
  const copy = () =>
    navigator.clipboard
      .writeText(window.location.href)
      .then(() => announce('Copied the link to this question.'))
      .catch(() => announceFailure(new Error('The browser did not let the link be copied. It is in the address bar.')))
  return (
    <>
      <Card aria-label="Answer" className="mb-4">
        <div className="flex flex-col gap-4 p-4 md:p-5">
          {/* Read out when another answer comes. */}
          <div role="status" className="flex items-start gap-3 md:gap-4">
            <span className={clsx('flex size-11 shrink-0 items-center justify-center rounded-full md:size-13', SOFT_TONE[tone])}>
              <Icon aria-hidden className="size-6 md:size-7" />
            </span>
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <strong className={clsx('text-20 font-semibold md:text-28', TEXT_TONE[tone])}>{word}</strong>
                <Extent answer={answer} />
              </p>
              <p className="mt-0.5 text-16 wrap-anywhere">{answer.sentence}</p>
            </div>
          </div>
          {unread.length > 0 && (
            <p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span>Missing or old, as the last try to read them failed: {listed(unread)}. The answer goes by what there is.</span>
            </p>
          )}
          <dl className="flex flex-col gap-2.5">
            {(verdict !== 'denied' || open.length > 0) && <Services title="Open for sure" words={open} tone={verdict === 'allowed' ? 'ok' : 'muted'} />}
            {perhaps.length > 0 && <Services title="May be open" words={perhaps} tone="warn" />}
            {counts.pairs > 1 && <Pairs counts={counts} from={answer.from} />}
          </dl>
        </div>
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2.5 text-13 md:px-5">
          <Age answer={answer} />
          <div className="ml-auto flex flex-wrap gap-2">
            <Button variant="quiet" icon={RefreshCw} busy={refreshing} onClick={onRefresh}>
              Check again
            </Button>
            <Button icon={Link2} onClick={() => void copy()}>
              Copy link
            </Button>
            {counts.pairs > 1 && (
              <Button icon={Download} busy={isSaving} onClick={save}>
                CSV of all pairs
              </Button>
            )}
            <Watch answer={answer} />
          </div>
        </div>
      </Card>
      <Ways ways={ways} omitted={omittedWays} search={{ of: answer.accountId, ...(source && { from: writeEnd(source) }), ...on }} />
      <Card title="Why" note={reasons.length > 1 ? 'what decides comes first' : undefined}>
        {reasons.length === 0 ? (
          <p className="px-4 pt-1 pb-4 text-13 text-text-2">No reason was given.</p>
        ) : (
          <ol className="flex flex-col divide-y divide-line px-1 pt-1 pb-1">
            {reasons.map((reason, index) => (
              <Reason key={index} reason={reason} accountId={answer.accountId} decides={index === 0} severalPeers={counts.sources > 1} />
            ))}
          </ol>
        )}
        {omittedReasons > 0 && <p className="border-t border-line px-4 py-2.5 text-13 text-text-3">and {plural(omittedReasons, 'further reason')} that {omittedReasons === 1 ? 'is' : 'are'} not listed</p>}
      </Card>
      <ToChange answer={answer} changes={toChange} on={on} />
    </>
  )
}
