import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { ArrowRight, CircleAlert, CircleCheck, CircleMinus, CirclePlus, CircleQuestionMark, Download, Equal, Link2, RefreshCw } from 'lucide-react'
import type { AccessDifference, AccessDifferences } from '@/api/types'
import { KINDS } from '@/components/finder/kinds'
import { Mark, SOFT_TONE, TEXT_TONE } from '@/components/ui/Badge'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { copyAddress } from '@/components/copyAddress'
import { AccountAge } from '@/components/WholeNetwork'
import { endOf, SOURCES, TARGETS, writeEnd, type AccessSearch } from '@/lib/accessEnds'
import { named } from '@/lib/named'
import { listedParts } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { differenceFile } from '@/queries/accessFiles'
import type { Trial } from '@/queries/difference'
import type { ReadFile } from '@/queries/files'
import { useCsvFile } from '../useCsvFile'
import { saveDifferences } from './file'
import { texts } from './texts'
import { omittedWords, summary, type Tense } from './words'

const WAYS = {
  opened: { icon: CirclePlus, tone: 'ok' },
  closed: { icon: CircleMinus, tone: 'bad' },
} as const

type Way = keyof typeof WAYS

function End({ end }: { end: AccessDifference['from'] }) {
  const { icon: Icon, word } = named<{ icon: typeof CircleCheck; word: string }>(KINDS, end.type, (unknown) => ({ icon: CircleQuestionMark, word: unknown }))
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-top" title={`${word} ${end.name}`}>
      <Icon aria-hidden className="size-3.5 shrink-0 text-text-3" />
      <span className="sr-only">{word} </span>
      <span className="min-w-0 wrap-anywhere">{end.name || end.id}</span>
    </span>
  )
}

/** A new policy has no page yet. */
const isNew = (id: string): boolean => /^(new-\d+)?$/.test(id)

function Policies({ policies, accountId }: { policies: AccessDifference['policies']; accountId: string }) {
  if (policies.length === 0) return null
  return (
    <p className="text-13 text-text-2 wrap-anywhere">
      {phrase(texts.row.by, {
        policies: listedParts(
          policies.map(({ id, name }) =>
            isNew(id) ? (
              texts.row.newPolicy({ name })
            ) : (
              <Link key={id} to="/policies" search={{ ...(name && { search: name }), account: accountId }} className="text-accent-text hover:underline">
                {name || id}
              </Link>
            ),
          ),
        ),
      })}
    </p>
  )
}

interface RowProps {
  way: Way
  tense: Tense
  difference: AccessDifference
  accountId: string
  on: Pick<AccessSearch, 'protocol' | 'port'>
}

function Row({ way, tense, difference: { from, to, services, pairs, isCertain, policies }, accountId, on }: RowProps) {
  const { tone } = WAYS[way]
  const { why } = texts.sides[tense][way]
  const [source, target] = [endOf(from, SOURCES), endOf(to, TARGETS)]
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-semibold">
        <End end={from} />
        <ArrowRight aria-hidden className="size-3.5 shrink-0 text-text-3" />
        <span className="sr-only">{texts.row.to}</span>
        <End end={to} />
      </p>
      <p className="flex flex-wrap gap-1">
        {services.map((service) => (
          <span key={service} className={clsx('rounded-sm px-1.5 py-px text-12 font-medium wrap-anywhere tabular-nums', SOFT_TONE[isCertain ? tone : 'warn'])}>
            {service}
          </span>
        ))}
      </p>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-text-2">
        <span className="tabular-nums">{texts.differences.pairs({ count: pairs })}</span>
        <Mark tone={isCertain ? 'muted' : 'warn'} icon={isCertain ? CircleCheck : CircleQuestionMark}>
          {isCertain ? texts.row.certain : texts.row.perhaps}
        </Mark>
        {source && target && (
          <Link to="/access" search={{ of: accountId, from: writeEnd(source), to: writeEnd(target), ...on }} className="text-accent-text hover:underline touch:py-2">
            {phrase(texts.row.why, { why, from: from.name, to: to.name, hidden: (words) => <span className="sr-only">{words}</span> })}
          </Link>
        )}
      </p>
      <Policies {...{ policies, accountId }} />
    </li>
  )
}

interface SideProps {
  way: Way
  tense: Tense
  found: AccessDifferences
  on: RowProps['on']
}

/** What opens, or what closes. */
function Side({ way, tense, found, on }: SideProps) {
  const { icon: Icon, tone } = WAYS[way]
  const { title, none } = texts.sides[tense][way]
  const [list, pairs, omitted] = way === 'opened' ? [found.opened, found.pairsOpened, found.omitted.opened] : [found.closed, found.pairsClosed, found.omitted.closed]
  return (
    <Card
      title={
        <span className={clsx('inline-flex items-center gap-1.5', TEXT_TONE[tone])}>
          <Icon aria-hidden className="size-4" />
          {title}
        </span>
      }
      note={list.length > 0 && texts.differences.pairs({ count: pairs })}
    >
      {list.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-13 text-text-3">{none}</p>
      ) : (
        <ul aria-label={title} className="divide-y divide-line pb-1">
          {list.map((difference, index) => (
            <Row key={index} {...{ way, tense, difference, on }} accountId={found.accountId} />
          ))}
        </ul>
      )}
      {omitted > 0 && <p className="border-t border-line px-4 py-3 text-13 text-warn-text">{omittedWords(omitted)}</p>}
    </Card>
  )
}

/** Every single pair, however many: more than is shown. */
function PairsFile({ name, read }: { name: string; read: ReadFile }) {
  const { save, isSaving } = useCsvFile(name, read)
  return (
    <Button icon={Download} busy={isSaving} onClick={save}>
      {texts.differences.csvOfPairs}
    </Button>
  )
}

interface DifferencesProps {
  found: AccessDifferences
  /** Whether it would be so, or has come to be so. */
  tense?: Tense
  /** Whether all that it goes by is known. */
  isWhole?: boolean
  on: RowProps['on']
  /** It is of the list before its last change. */
  fading: boolean
  refreshing: boolean
  onRefresh: () => void
  /** What a link to it shows elsewhere; undefined where it shows no such thing. */
  link: string | undefined
  /** What was asked, where the server can tell it pair by pair. */
  trial?: Trial | undefined
  /** The same where nothing was tried. */
  file?: ReadFile | undefined
}

/** What opens and what closes, the numbers first. */
export function Differences({ found, tense = 'would', isWhole = true, on, fading, refreshing, onRefresh, link, trial, file }: DifferencesProps) {
  const read = file ?? (trial && differenceFile(trial))
  const { unread, unchanged } = found
  return (
    <div aria-busy={fading || undefined} className={clsx('@container flex flex-col gap-4 transition-opacity', fading && 'opacity-60')}>
      <Card aria-label={texts.differences.label}>
        <div className="flex flex-col gap-3 p-4">
          <div role="status" className="flex items-start gap-3">
            {unchanged && <Equal aria-hidden className="mt-0.5 size-6 shrink-0 text-text-3" />}
            <div className="min-w-0">
              <p className="text-20 font-semibold wrap-anywhere tabular-nums">{summary(found, tense, isWhole)}</p>
              <p className="mt-0.5 text-13 text-text-2">{unchanged ? texts.sides[tense].unchanged : texts.differences.aPairIs}</p>
            </div>
          </div>
          {unread.length > 0 && (
            <p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-13 text-warn-text">
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span>{texts.differences.unread({ lists: unread })}</span>
            </p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2.5 text-13">
          <span className="text-text-3">
            {found.accountName}
            <AccountAge shown={found} lead=", " />
          </span>
          <div className="ml-auto flex flex-wrap gap-2">
            <Button variant="quiet" icon={RefreshCw} busy={refreshing} onClick={onRefresh}>
              {texts.differences.again}
            </Button>
            {!unchanged && (read ? <PairsFile name={trial ? 'access-difference-pairs' : 'access-since-pairs'} read={read} /> : <Button icon={Download} onClick={() => saveDifferences(found, tense)}>{texts.differences.csv}</Button>)}
            {link !== undefined && (
              <Button icon={Link2} onClick={() => void copyAddress(link)}>
                {texts.differences.copyLink}
              </Button>
            )}
          </div>
        </div>
      </Card>
      {!unchanged && (
        <div className="grid gap-4 @2xl:grid-cols-2 @2xl:items-start">
          <Side way="opened" {...{ tense, found, on }} />
          <Side way="closed" {...{ tense, found, on }} />
        </div>
      )}
    </div>
  )
}
