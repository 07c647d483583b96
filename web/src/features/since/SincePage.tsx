import { getRouteApi, Link } from '@tanstack/react-router'
import { CalendarX2, History } from 'lucide-react'
import { useCan } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { AccountBanners } from '@/components/AccountBanners'
import { AskedAccount } from '@/components/AskedAccount'
import { Differences } from '@/components/difference/Differences'
import { DifferencesSkeleton, WithoutDifferences } from '@/components/difference/WithoutDifferences'
import { NothingSynced } from '@/components/NothingSynced'
import { Empty, Loaded, NotAllowed, RefreshFailed } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { useAskedAccount } from '@/components/useAskedAccount'
import { sinceMoment, USUAL_SINCE } from '@/lib/since'
import { useToday } from '@/lib/ticker'
import { sinceFile } from '@/queries/accessFiles'
import { useFailure } from '@/queries/failure'
import { useAccessSince } from '@/queries/since'
import { Changed } from './Changed'
import { Incomplete } from './Incomplete'
import { SinceLine } from './SinceLine'
import { texts } from './texts'

const route = getRouteApi('/frame/access/since')

interface TooEarlyProps {
  /** When the account that is asked about was connected, if that is known. */
  connected: string | undefined
  moment: string
}

/** Of that moment nothing is known. */
function TooEarly({ connected, moment }: TooEarlyProps) {
  const isBefore = connected !== undefined && Date.parse(moment) < Date.parse(connected)
  return (
    <Empty
      icon={CalendarX2}
      title={texts.tooEarly.title}
      action={
        isBefore && (
          <Link to="." search={(before) => ({ ...before, since: new Date(Math.ceil(Date.parse(connected) / 1000) * 1000).toISOString().replace('.000Z', 'Z') })} className={buttonClass('primary')}>
            {texts.tooEarly.sinceConnected}
          </Link>
        )
      }
    >
      {texts.tooEarly.about}
    </Empty>
  )
}

function Page() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { query: list, maySee, accounts, accountId, hasNone } = useAskedAccount(search.of)
  const since = search.since ?? USUAL_SINCE
  const moment = sinceMoment(since, useToday())
  const query = useAccessSince(accountId !== undefined || !maySee ? { accountId, since: moment } : undefined)
  const error = useFailure(query)
  const { data, failureReason, isFetching, isPlaceholderData, dataUpdatedAt, refetch } = query
  const retry = () => void refetch()
  const go = (change: { of?: string; since?: string }) => void navigate({ search: (before) => ({ ...before, ...change }), resetScroll: false })
  const wrong = error instanceof ApiProblem ? error.fields.find(({ pointer }) => pointer === '/since')?.detail : undefined
  if (hasNone && search.of === undefined) {
    return (
      <NothingSynced icon={History} title={texts.page.emptyTitle}>
        {texts.page.empty}
      </NothingSynced>
    )
  }
  return (
    <>
      <AccountBanners />
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2.5 rounded-lg border border-line bg-surface-1 p-3 md:p-4">
        <AskedAccount {...{ accountId, accounts }} onChange={(of) => go({ of })} />
        <SinceLine {...{ since, moment }} error={wrong} onChange={(next) => go({ since: next })} />
      </div>
      {accountId === undefined && maySee ? (
        // Which account is meant is not known yet.
        <Loaded query={list} what={texts.page.accounts} skeleton={<DifferencesSkeleton />}>
          {() => null}
        </Loaded>
      ) : data && wrong === undefined ? (
        <>
          {error && <RefreshFailed error={error} since={dataUpdatedAt} />}
          <Incomplete found={data} />
          <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_24rem] xl:items-start">
            <Differences
              found={data.difference}
              tense="since"
              isWhole={data.incomplete.length + data.omittedIncomplete === 0}
              on={{}}
              fading={isPlaceholderData}
              refreshing={isFetching}
              onRefresh={retry}
              link={texts.page.what}
              file={sinceFile({ accountId: data.difference.accountId, since: data.since })}
            />
            <Changed found={data} />
          </div>
        </>
      ) : (
        <WithoutDifferences
          {...{ error, failureReason }}
          what={texts.page.what}
          refused={() => <TooEarly moment={moment} connected={accounts.find(({ id }) => id === accountId)?.createdAt} />}
          tooMuch=""
          retrying={isFetching}
          onRetry={retry}
        />
      )}
    </>
  )
}

/** What opened and closed since a moment, and who changed what. */
export function SincePage() {
  return useCan('netbird:read') ? <Page /> : <NotAllowed what={texts.page.what} permission="netbird:read" />
}
