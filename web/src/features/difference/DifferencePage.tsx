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
import { ChangeList } from './ChangeList'
import { Differences } from '@/components/difference/Differences'
import { DifferencesSkeleton, Framed, WithoutDifferences } from '@/components/difference/WithoutDifferences'
import { problemsAt, problemsElsewhere } from '@/components/difference/problems'
import { ProposalNote, SaveProposal } from './SaveProposal'
import { useTried, type Whereabouts } from './useTried'

const WHERE: Record<Whereabouts, string | undefined> = {
  address: undefined,
  tab: 'These changes are too long for a link. They are kept in this tab: a copied link does not show them elsewhere.',
  unreadable: 'The changes of this link cannot be read: it was cut, or it is of a newer version. Begin anew, or ask for the whole link.',
  elsewhere: 'The changes of this link were too long for it. They were kept in the tab where they were made, and are not here.',
}

function Where({ where }: { where: Whereabouts }) {
  const words = WHERE[where]
  if (words === undefined) return null
  const isLost = where !== 'tab'
  return (
    <p role="status" className={clsx('mb-3 flex items-start gap-2 rounded-lg border border-line px-3 py-2 text-13', isLost ? 'bg-warn-soft text-warn-text' : 'bg-info-soft text-info-text')}>
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{words}</span>
    </p>
  )
}

/** The API finds something wrong with the changes. */
function Refused({ error }: { error: ApiProblem }) {
  const elsewhere = problemsElsewhere(error)
  return elsewhere.length > 0 ? (
    <FormFailure title="These changes could not be tried" error={error}>
      {elsewhere.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
    </FormFailure>
  ) : (
    <Empty icon={TriangleAlert} title="Not all of these changes are possible">
      What is wrong stands at each of them. Edit or remove it, and the difference is shown.
    </Empty>
  )
}

function NotAsked({ hasChanges }: { hasChanges: boolean }) {
  return (
    <Framed>
      <Empty icon={FlaskConical} title={hasChanges ? 'Who would reach what?' : 'What if?'}>
        {hasChanges
          ? 'Press “Show what would change”: what opens and what closes is listed here.'
          : 'Put together what you would change in NetBird, and see who would reach what before anybody does it. Policies, groups, routers and resources can be tried.'}
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
  const { data, error, failureReason, isFetching, isPlaceholderData, dataUpdatedAt, refetch } = query
  const retry = () => void refetch()
  if (hasNone && search.of === undefined) {
    return (
      <NothingSynced icon={FlaskConical} title="Nothing to try yet">
        Connect a NetBird account to see what a change of it would do.
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
          Nothing is written to NetBird.
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
          <Loaded query={list} what="the accounts" skeleton={<DifferencesSkeleton />}>
            {() => null}
          </Loaded>
        )
      ) : (
        <div className="grid gap-4 xl:grid-cols-[24rem_minmax(0,1fr)] xl:items-start">
          <div className="min-w-0">
            <ChangeList {...{ tried, accountId }} problemsOf={(index) => problemsAt(error, index)} />
            {changes.length > 0 && !isAsked && (
              <Button variant="primary" icon={FlaskConical} className="mt-4 w-full" data-focus="show" onClick={() => go({ show: '1', of: accountId })}>
                Show what would change
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
                <Differences found={data} on={on} fading={isPlaceholderData} refreshing={isFetching} onRefresh={retry} trial={trial} link={where === 'address' ? 'these changes' : undefined} />
              </>
            ) : (
              <WithoutDifferences
                {...{ error, failureReason }}
                what="what a change would do"
                refused={(problem) => <Refused error={problem} />}
                tooMuch="Fewer changes, or one protocol and port, may do."
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
  return useCan('netbird:read') ? <Page /> : <NotAllowed what="what a change would do" permission="netbird:read" />
}
