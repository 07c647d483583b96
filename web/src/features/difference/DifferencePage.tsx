import clsx from 'clsx'
import { Eye, FlaskConical, TriangleAlert } from 'lucide-react'
import { useCan } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { AccountBanners } from '@/components/AccountBanners'
import { AskedAccount } from '@/components/AskedAccount'
import { FormFailure } from '@/components/FormFailure'
import { NothingSynced } from '@/components/NothingSynced'
import { OnWhat } from '@/components/OnWhat'
import { Empty, Loaded, NotAllowed, RefreshFailed } from '@/components/states'
import { Button } from '@/components/ui/Button'
import { useAskedAccount } from '@/components/useAskedAccount'
import { given } from '@/queries/pages'
import { useDifference } from '@/queries/difference'
import { useFailure } from '@/queries/failure'
import { ChangeList } from './ChangeList'
import { Differences } from '@/components/difference/Differences'
import { DifferencesSkeleton, Framed, WithoutDifferences } from '@/components/difference/WithoutDifferences'
import { problemsAt, problemsElsewhere } from '@/components/difference/problems'
import { ProposalNote, SaveProposal } from './SaveProposal'
import { texts } from './texts'
import { useTried, type Whereabouts } from './useTried'

function Where({ where }: { where: Whereabouts }) {
  if (where === 'address') return null
  const isLost = where !== 'tab'
  return (
    <p role="status" className={clsx('mb-3 flex items-start gap-2 rounded-lg border border-line px-3 py-2 text-13', isLost ? 'bg-warn-soft text-warn-text' : 'bg-info-soft text-info-text')}>
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{texts.page.where[where]}</span>
    </p>
  )
}

/** The API finds something wrong with the changes. */
function Refused({ error }: { error: ApiProblem }) {
  const elsewhere = problemsElsewhere(error)
  return elsewhere.length > 0 ? (
    <FormFailure title={texts.page.notTried} error={error}>
      {elsewhere.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
    </FormFailure>
  ) : (
    <Empty icon={TriangleAlert} title={texts.page.notPossible}>
      {texts.page.atEach}
    </Empty>
  )
}

function NotAsked({ hasChanges }: { hasChanges: boolean }) {
  return (
    <Framed>
      <Empty icon={FlaskConical} title={hasChanges ? texts.page.whoWould : texts.page.whatIf}>
        {hasChanges
          ? texts.page.pressShow
          : texts.page.putTogether}
      </Empty>
    </Framed>
  )
}

function Page() {
  const tried = useTried()
  const { search, changes, where, go } = tried
  const { query: list, maySee, accounts, accountId, hasNone } = useAskedAccount(search.of)
  const on = given({ protocol: search.protocol, port: search.port })
  const isAsked = search.show === '1' && changes.length > 0
  const trial = isAsked && accountId !== undefined ? { accountId, changes, protocol: search.protocol, port: search.port === undefined ? undefined : Number(search.port) } : undefined
  const query = useDifference(trial)
  const error = useFailure(query)
  const { data, failureReason, isFetching, isPlaceholderData, dataUpdatedAt, refetch } = query
  const retry = () => void refetch()
  if (hasNone && search.of === undefined) {
    return (
      <NothingSynced icon={FlaskConical} title={texts.page.nothingToTry}>
        {texts.page.connect}
      </NothingSynced>
    )
  }
  const portProblem = error instanceof ApiProblem ? error.fields.find(({ pointer }) => pointer === '/port')?.detail : undefined
  return (
    <>
      <AccountBanners />
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2.5 rounded-lg border border-line bg-surface-1 p-3 md:p-4">
        <AskedAccount
          {...{ accountId, accounts }}
          onChange={(of) => go({ of, changes: undefined, kept: undefined, show: undefined, add: undefined, about: undefined, edit: undefined, proposal: undefined, seen: undefined })}
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <OnWhat protocol={search.protocol} port={search.port} error={portProblem} errorId="tried-port" onChange={go} />
        </div>
        <p className="flex items-center gap-2 text-13 text-text-2 lg:ml-auto">
          <Eye aria-hidden className="size-4 shrink-0 text-text-3" />
          {texts.page.nothingWritten}
        </p>
        {portProblem && (
          <p id="tried-port" className="basis-full text-12 text-bad-text">
            {portProblem}
          </p>
        )}
      </div>
      <Where where={where} />
      {search.proposal !== undefined && <ProposalNote id={search.proposal} seen={search.seen} />}
      {accountId === undefined ? (
        // Which account is meant is not known yet.
        maySee && (
          <Loaded query={list} what={texts.page.accounts} skeleton={<DifferencesSkeleton />}>
            {() => null}
          </Loaded>
        )
      ) : (
        <div className="grid gap-4 xl:grid-cols-[24rem_minmax(0,1fr)] xl:items-start">
          <div className="min-w-0">
            <ChangeList {...{ tried, accountId }} problemsOf={(index) => problemsAt(error, index)} />
            {changes.length > 0 && !isAsked && (
              <Button variant="primary" icon={FlaskConical} className="mt-4 w-full" data-focus="show" onClick={() => go({ show: '1', of: accountId })}>
                {texts.page.show}
              </Button>
            )}
            <SaveProposal {...{ accountId, changes }} proposal={search.proposal} seen={search.seen} />
          </div>
          <div className="min-w-0">
            {!isAsked ? (
              <NotAsked hasChanges={changes.length > 0} />
            ) : data ? (
              <>
                {error && <RefreshFailed error={error} since={dataUpdatedAt} />}
                <Differences found={data} on={on} fading={isPlaceholderData} refreshing={isFetching} onRefresh={retry} trial={trial} link={where === 'address' ? texts.page.these : undefined} />
              </>
            ) : (
              <WithoutDifferences
                {...{ error, failureReason }}
                what={texts.page.what}
                refused={(problem) => <Refused error={problem} />}
                tooMuch={texts.page.fewer}
                retrying={isFetching}
                onRetry={retry}
              />
            )}
          </div>
        </div>
      )}
    </>
  )
}

/** What changes of the network would open and close, before anybody makes them. */
export function DifferencePage() {
  return useCan('netbird:read') ? <Page /> : <NotAllowed what={texts.page.what} permission="netbird:read" />
}
