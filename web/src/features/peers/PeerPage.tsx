import { getRouteApi } from '@tanstack/react-router'
import clsx from 'clsx'
import { useCan } from '@/api/client'
import type { PeerDetail, PeerHistory } from '@/api/types'
import { AccessLinks } from '@/components/AccessMenu'
import { ItemColumns, ItemHeader } from '@/components/items/ItemPage'
import { UsedBy } from '@/components/items/UsedBy'
import { NoSuch } from '@/components/NoSuch'
import { usePageName } from '@/components/pageName'
import { besides, inWords, lastDays, lasted, lookOf, share } from '@/components/peerHistory/history'
import { StatusStrip } from '@/components/peerHistory/StatusStrip'
import { Bone, SkeletonRows } from '@/components/Skeleton'
import { Loaded, NotAllowed } from '@/components/states'
import { PeerMark } from '@/components/status'
import { Absolute } from '@/components/Time'
import { FILL_TONE } from '@/components/ui/Badge'
import { Card } from '@/components/ui/Card'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { DAY, duration } from '@/lib/time'
import { usePeer, usePeerHistory } from '@/queries/peers'
import { PeerAlerts } from './PeerAlerts'
import { PeerFacts } from './PeerFacts'
import { Since } from './Since'
import { PeerReach } from './PeerReach'
import { texts } from './texts'

const route = getRouteApi('/frame/peers/$peerId')

/** Days of the strip. */
const DAYS = 7
/** Periods that the table shows; the API has the others. */
const ROWS = 50

/** The last days as a strip, and in words. */
function LastDays({ history }: { history: PeerHistory }) {
  const span = lastDays(history, DAYS)
  const words = inWords(history, span, texts.page.days({ count: DAYS }))
  const days = Array.from({ length: DAYS }, (_, day) => new Date(span.from + (day + 0.5) * DAY))
  return (
    <>
      <StatusStrip history={history} span={span} words={words} />
      <div aria-hidden className="mt-1 flex text-12 text-text-3">
        {days.map((day) => (
          <span key={day.getTime()} className="flex-1 text-center">
            {day.toLocaleDateString(undefined, { weekday: 'short' })}
          </span>
        ))}
      </div>
      <p className="mt-2 text-13 text-text-2">{words}</p>
    </>
  )
}

function Uptime({ history }: { history: PeerHistory }) {
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {history.uptime.map((window) => (
        <div key={window.days} className="min-w-0">
          <dt className="text-12 text-text-3">{window.days === 1 ? texts.page.hours : texts.page.days({ count: window.days })}</dt>
          <dd className="text-20 font-semibold tabular-nums">{share(window.ratio)}</dd>
          <dd className="text-12 text-text-3">{besides(window)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Periods({ history }: { history: PeerHistory }) {
  const latest = history.periods.toReversed().slice(0, ROWS)
  const rest = history.periods.length + history.omitted.periods - latest.length
  return (
    <details className="mt-4">
      <summary className="w-fit rounded-sm text-13 text-accent-text">{texts.page.periods}</summary>
      <div className="mt-2 max-h-96 overflow-auto">
        <table className="w-full text-13">
          <thead className="text-left text-text-3">
            <tr>
              <th className="pr-4 font-medium">{texts.page.status}</th>
              <th className="pr-4 font-medium">{texts.page.from}</th>
              <th className="font-medium">{texts.page.for}</th>
            </tr>
          </thead>
          <tbody>
            {latest.map((period) => (
              <tr key={period.from}>
                <td className="pr-4">
                  <span className="inline-flex items-center gap-1.5">
                    <span aria-hidden className={clsx('size-2 rounded-full', FILL_TONE[lookOf(period.status).tone])} />
                    {lookOf(period.status).word}
                  </span>
                </td>
                <td className="pr-4">
                  <Absolute at={period.from} />
                </td>
                <td className="whitespace-nowrap tabular-nums">{duration(lasted(period))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && <p className="mt-1 text-13 text-text-3">{texts.page.earlier({ count: rest })}</p>}
      {history.omitted.logBefore && (
        <p className="mt-1 text-13 text-text-3">
          {phrase(texts.page.logBefore, { entries: grouped(history.limits.logEntries), before: <Absolute at={history.omitted.logBefore} /> })}
        </p>
      )}
    </details>
  )
}

function History({ peerId, of }: { peerId: string; of: string | undefined }) {
  const query = usePeerHistory(peerId, of)
  return (
    <Card title={texts.page.history} note={query.data && texts.page.watchedSince({ date: new Date(query.data.watchedFrom).toLocaleDateString() })}>
      <div className="p-4 pt-2">
        <Loaded query={query} what={texts.page.theHistory} skeleton={<Bone className="h-40 w-full" />}>
          {(history) => (
            <div className="flex flex-col gap-4">
              <div>
                <LastDays history={history} />
              </div>
              <div>
                <h3 className="mb-1 text-13 font-semibold">{texts.page.uptime}</h3>
                <Uptime history={history} />
              </div>
              <Periods history={history} />
            </div>
          )}
        </Loaded>
      </div>
    </Card>
  )
}

function Detail({ peer, of }: { peer: PeerDetail; of: string | undefined }) {
  const mayReadAlerts = useCan('alerts:read')
  return (
    <>
      <ItemHeader
        item={peer}
        name={peer.name}
        lead={
          <>
            <PeerMark peer={peer} />
            <span className="-ml-1.5 text-text-3">
              <Since peer={peer} />
            </span>
          </>
        }
        actions={<AccessLinks of={peer.accountId} end={{ kind: 'peer', id: peer.id }} />}
      />
      <ItemColumns
        said={
          <div className="flex flex-col gap-4">
            <History peerId={peer.id} of={of} />
            <PeerReach peer={peer} />
            {mayReadAlerts && <PeerAlerts peer={peer} />}
          </div>
        }
        details={
          <Card title={texts.page.details}>
            <div className="flex flex-col gap-4 p-4 pt-2">
              <PeerFacts peer={peer} />
            </div>
          </Card>
        }
      >
        <UsedBy thing={texts.page.noSuch} of={peer.accountId} uses={peer} />
      </ItemColumns>
    </>
  )
}

function Skeleton() {
  return (
    <>
      <Bone className="h-5 w-40" />
      <Bone className="mt-2 h-6 w-64 max-w-full" />
      <div className="mt-4 rounded-lg border border-line bg-surface-1">
        <SkeletonRows rows={6} className="h-13" />
      </div>
    </>
  )
}

function PeerById() {
  const { peerId } = route.useParams()
  const { of } = route.useSearch()
  const query = usePeer(peerId, of)
  usePageName(query.data?.name)
  return (
    <Loaded
      query={query}
      what={texts.page.thePeer}
      skeleton={<Skeleton />}
      gone={
        <NoSuch what={texts.page.noSuch} to="/peers">
          {texts.page.whyNoSuch}
        </NoSuch>
      }
    >
      {(peer) => <Detail peer={peer} of={of} />}
    </Loaded>
  )
}

export function PeerPage() {
  return useCan('netbird:read') ? <PeerById /> : <NotAllowed what={texts.page.what} permission="netbird:read" />
}
