import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck, CircleHelp, CircleX, History, Hourglass, type LucideIcon } from 'lucide-react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { LoggedSync } from '@/api/types'
import type { ListDefinition } from '@/components/list/definition'
import { List } from '@/components/list/List'
import { usePageName } from '@/components/pageName'
import { Empty, NotAllowed } from '@/components/states'
import { Ago, Clock } from '@/components/Time'
import { Mark, type Tone } from '@/components/ui/Badge'
import { named } from '@/lib/named'
import { useAccounts } from '@/queries/accounts'
import { useQuietSyncs, useSyncs } from '@/queries/syncs'
import { NoSuchAccount } from './NoSuchAccount'
import { callInWords, quietInWords, syncInWords, took } from './syncWords'
import { texts } from './texts'

const route = getRouteApi('/frame/settings/accounts/$accountId/syncs')

const OUTCOMES: Record<LoggedSync['outcome'], { word: string; tone: Tone; icon: LucideIcon }> = {
  changed: { word: texts.syncs.changed, tone: 'ok', icon: CircleCheck },
  slow: { word: texts.syncs.slow, tone: 'warn', icon: Hourglass },
  failed: { word: texts.syncs.failed, tone: 'bad', icon: CircleX },
}

/** One that only a newer server knows is called by its own name. */
const lookOf = (outcome: string) => named<(typeof OUTCOMES)['slow']>(OUTCOMES, outcome, (word) => ({ word, tone: 'muted', icon: CircleHelp }))

function Outcome({ outcome }: Pick<LoggedSync, 'outcome'>) {
  const { word, ...look } = lookOf(outcome)
  return <Mark {...look}>{word}</Mark>
}

/** Its calls, and what was quiet before it: that stands between this row and the next, older one. */
function Detail({ sync }: { sync: LoggedSync }) {
  const quiet = quietInWords(sync.quietBefore)
  return (
    <>
      {sync.error?.detail && <p className="text-13 wrap-anywhere text-text-2">{sync.error.detail}</p>}
      <details className="text-13 text-text-2">
        <summary className="w-fit rounded-sm text-text-3 touch:py-2">{texts.syncs.callCount({ count: sync.calls.length })}</summary>
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 tabular-nums">
          {sync.calls.map((call, index) => (
            <li key={`${call.list} ${index}`}>{callInWords(call)}</li>
          ))}
        </ul>
      </details>
      {quiet !== '' && <p className="text-13 text-text-3">{texts.syncs.beforeIt({ quiet })}</p>}
    </>
  )
}

const SYNC_LOG: ListDefinition<LoggedSync> = {
  id: 'syncs',
  label: texts.syncs.label,
  one: texts.syncs.one,
  ownHeights: true,
  idOf: ({ startedAt }) => startedAt,
  nameLines: 2,
  name: { id: 'what', title: texts.syncs.whatItFound, letters: 28, text: syncInWords, cell: (sync) => <span className="font-medium">{syncInWords(sync)}</span> },
  columns: [
    { id: 'when', title: texts.syncs.when, width: 112, priority: 10, leads: true, card: 'below', text: ({ startedAt }) => startedAt, cell: ({ startedAt }) => <Ago at={startedAt} className="text-text-3" /> },
    { id: 'outcome', title: texts.syncs.outcome, width: 116, priority: 9, card: 'beside', text: ({ outcome }) => lookOf(outcome).word, cell: (sync) => <Outcome {...sync} /> },
    { id: 'took', title: texts.syncs.took, width: 88, priority: 8, card: 'below', labelled: true, text: ({ durationMs }) => String(durationMs), cell: ({ durationMs }) => <span className="tabular-nums">{took(durationMs)}</span> },
    { id: 'time', title: texts.syncs.began, width: 150, priority: 5, cell: ({ startedAt }) => <Clock at={startedAt} className="text-text-3" /> },
  ],
  more: [
    { title: texts.syncs.calls, text: ({ calls }) => calls.map(callInWords).join('; ') },
    { title: texts.syncs.error, text: ({ error }) => error?.detail ?? '' },
    { title: texts.syncs.quietBefore, text: ({ quietBefore }) => quietInWords(quietBefore) },
  ],
  detail: (sync) => <Detail sync={sync} />,
}

function SyncLog() {
  const { accountId } = route.useParams()
  const account = useAccounts().data?.find(({ id }) => id === accountId)
  usePageName(account?.name)
  const list = useSyncs(accountId)
  const quiet = useQuietSyncs(accountId)
  const since = quiet ? quietInWords(quiet) : ''
  if (hasSlug(list.error, 'not-found')) return <NoSuchAccount />
  return (
    <List
      definition={SYNC_LOG}
      list={list}
      lead={
        <p className="text-13 text-text-3">
          {[...(account ? [texts.syncs.about({ account: account.name, every: texts.interval.every({ minutes: account.syncIntervalSeconds / 60 }) })] : []), ...(since === '' ? [] : [texts.syncs.sinceNewest({ quiet: since })])].join(' ')}
        </p>
      }
      empty={
        <Empty icon={History} title={texts.syncs.empty}>
          {texts.syncs.whyEmpty}
        </Empty>
      }
    />
  )
}

/** How reading one connected network went. */
export function SyncLogPage() {
  return useCan('accounts:read') ? <SyncLog /> : <NotAllowed what={texts.what} permission="accounts:read" />
}
