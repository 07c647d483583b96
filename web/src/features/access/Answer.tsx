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
import { listed } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { useEverySecond } from '@/lib/ticker'
import type { Question } from '@/queries/access'
import { questionFile } from '@/queries/accessFiles'
import { useAccounts } from '@/queries/accounts'
import { useCan } from '@/api/client'
import { reasonLook, verdictLook } from './looks'
import { texts } from './texts'
import { ToChange } from './ToChange'
import { Ways } from './Ways'

/** Of which pairs, where there are several. */
function Extent({ answer: { verdict, counts } }: { answer: AccessCheck }) {
  if (counts.pairs <= 1) return null
  const count = verdict === 'unknown' ? counts.unknown : verdict === 'denied' ? counts.denied : counts.allowed
  return <span className="text-14 text-text-2 tabular-nums">{texts.answer.ofPairs({ count, pairs: counts.pairs })}</span>
}

function Services({ title, words, tone }: { title: string; words: readonly string[]; tone: Tone }) {
  return (
    <div className="flex flex-wrap items-baseline gap-2">
      <dt className="w-26 shrink-0 text-13 text-text-3">{title}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap gap-1.5">
        {words.length === 0 ? (
          <span className="text-13 text-text-2">{texts.answer.nothing}</span>
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
      ['unknown', 'warn', counts.unknown],
    ] as const
  ).filter(([, , count]) => count > 0)
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-2">
        <dt className="w-26 shrink-0 text-13 text-text-3">{texts.answer.pairs({ count: counts.pairs })}</dt>
        <dd className="min-w-0 flex-1 text-13">
          <span aria-hidden className="mb-1 flex h-1.5 max-w-sm gap-px overflow-hidden rounded-full">
            {parts.map(([part, tone, count]) => (
              <span key={part} className={FILL_TONE[tone]} style={{ flexGrow: count }} />
            ))}
          </span>
          {listed(parts.map(([part, , count]) => texts.answer.parts[part]({ count })))}
        </dd>
      </div>
      {counts.sources > 1 && (
        <div className="flex flex-wrap items-baseline gap-2">
          <dt className="w-26 shrink-0 text-13 text-text-3">{texts.answer.whoReaches}</dt>
          <dd className="min-w-0 flex-1 text-13 wrap-anywhere">
            {texts.answer.reaching({ ...counts, from: from.type === 'any' ? undefined : from.name, isOne: counts.targets === 1 })}
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
          {decides && <span className="text-text-2">{texts.reasons.decides}</span>}
          {severalPeers && peers > 0 && <span className="text-text-3">{texts.reasons.peers({ count: peers })}</span>}
        </p>
        <p className="mt-0.5 text-14 wrap-anywhere">{reason.sentence}</p>
        {policyId && (
          <ItemLink kind="policy" id={policyId} of={accountId} className="mt-1 inline-block py-0.5 text-13 wrap-anywhere text-accent-text hover:underline touch:py-2">
            {texts.reasons.policy({ policy: policyName || policyId, rule: typeof rule === 'number' ? rule + 1 : undefined })}
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
  if (!answer.asOf) return <span className="text-warn-text">{texts.answer.neverRead({ account: answer.accountName })}</span>
  return <span className={tone === 'ok' ? 'text-text-3' : TEXT_TONE[tone]}>{phrase(texts.answer.asOf, { account: answer.accountName, ago: <Ago at={answer.asOf} /> })}</span>
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
      {texts.answer.watch}
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
      .then(() => announce(texts.answer.copied))
      .catch(() => announceFailure(new Error(texts.answer.notCopied)))
  return (
    <>
      <Card aria-label={texts.answer.label} className="mb-4">
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
              <span>{texts.answer.unread({ lists: listed(unread) })}</span>
            </p>
          )}
          <dl className="flex flex-col gap-2.5">
            {(verdict !== 'denied' || open.length > 0) && <Services title={texts.answer.open} words={open} tone={verdict === 'allowed' ? 'ok' : 'muted'} />}
            {perhaps.length > 0 && <Services title={texts.answer.mayBeOpen} words={perhaps} tone="warn" />}
            {counts.pairs > 1 && <Pairs counts={counts} from={answer.from} />}
          </dl>
        </div>
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2.5 text-13 md:px-5">
          <Age answer={answer} />
          <div className="ml-auto flex flex-wrap gap-2">
            <Button variant="quiet" icon={RefreshCw} busy={refreshing} onClick={onRefresh}>
              {texts.answer.again}
            </Button>
            <Button icon={Link2} onClick={() => void copy()}>
              {texts.answer.copy}
            </Button>
            {counts.pairs > 1 && (
              <Button icon={Download} busy={isSaving} onClick={save}>
                {texts.answer.csv}
              </Button>
            )}
            <Watch answer={answer} />
          </div>
        </div>
      </Card>
      <Ways ways={ways} omitted={omittedWays} search={{ of: answer.accountId, ...(source && { from: writeEnd(source) }), ...on }} />
      <Card title={texts.reasons.title} note={reasons.length > 1 ? texts.reasons.note : undefined}>
        {reasons.length === 0 ? (
          <p className="px-4 pt-1 pb-4 text-13 text-text-2">{texts.reasons.none}</p>
        ) : (
          <ol className="flex flex-col divide-y divide-line px-1 pt-1 pb-1">
            {reasons.map((reason, index) => (
              <Reason key={index} reason={reason} accountId={answer.accountId} decides={index === 0} severalPeers={counts.sources > 1} />
            ))}
          </ol>
        )}
        {omittedReasons > 0 && <p className="border-t border-line px-4 py-2.5 text-13 text-text-3">{texts.reasons.omitted({ count: omittedReasons })}</p>}
      </Card>
      <ToChange answer={answer} changes={toChange} on={on} />
    </>
  )
}
