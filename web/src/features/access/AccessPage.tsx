import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { ShieldQuestionMark } from 'lucide-react'
import { useCan } from '@/api/client'
import { ApiProblem, hasSlug } from '@/api/problem'
import { AccountBanners } from '@/components/AccountBanners'
import { useAskedAccount } from '@/components/useAskedAccount'
import { NothingSynced } from '@/components/NothingSynced'
import { Bone } from '@/components/Skeleton'
import { Loaded, NotAllowed, RefreshFailed } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { given } from '@/queries/pages'
import { useAccessCheck, type Question } from '@/queries/access'
import { useFailure } from '@/queries/failure'
import { EVERYBODY, useName } from '@/queries/found'
import { Answer } from './Answer'
import { AnswerFailure, AskingAgain } from './AnswerFailure'
import { addressOf, readQuestion, wholeQuestion, type Asked } from './question'
import { QuestionLine } from './QuestionLine'
import { useKeepRecent, useOthers } from './recent'
import { Recent, Starts, StartsSkeleton } from './Starts'
import { texts } from './texts'

const route = getRouteApi('/frame/access')

function AnswerSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        {texts.asking}
      </p>
      <div aria-hidden>
        <div className="mb-4 rounded-lg border border-line bg-surface-1 p-4 md:p-5">
          <div className="flex items-start gap-4">
            <Bone className="size-11 rounded-full md:size-13" />
            <div className="min-w-0 flex-1">
              <Bone className="h-8 w-40" />
              <Bone className="mt-1.5 h-5 w-96 max-w-full" />
            </div>
          </div>
          <Bone className="mt-5 h-6 w-56" />
        </div>
        <div className="rounded-lg border border-line bg-surface-1 p-4">
          <Bone className="h-5 w-24" />
          <Bone className="mt-4 h-10 w-full" />
        </div>
      </div>
    </div>
  )
}

interface Names {
  from: string | null | undefined
  to: string | null | undefined
}

interface AnswerPartProps {
  query: ReturnType<typeof useAccessCheck>
  /** What it failed with. */
  error: Error | null
  question: Question
  asked: Asked
  names: Names
  accountIsGone: boolean
}

function AnswerPart({ query, error, question, asked, names, accountIsGone }: AnswerPartProps) {
  const { data, isFetching, failureReason, refetch } = query
  const hasOthers = useOthers(addressOf(question)).length > 0
  if (hasSlug(error, 'forbidden')) return <NotAllowed what={texts.what} permission={error.permission} />
  if (data === undefined) {
    if (error) return <AnswerFailure {...{ error, asked, names, accountIsGone }} retrying={isFetching} onRetry={() => void refetch()} />
    return hasSlug(failureReason, 'unavailable') ? <AskingAgain error={failureReason} /> : <AnswerSkeleton />
  }
  return (
    <>
      {error && <RefreshFailed error={error} since={query.dataUpdatedAt} />}
      <div className={clsx('grid gap-4 xl:items-start', hasOthers && 'xl:grid-cols-[minmax(0,1fr)_22rem]')}>
        <div className="min-w-0">
          <Answer question={question} answer={data} refreshing={isFetching} onRefresh={() => void refetch()} />
        </div>
        <Recent without={addressOf(question)} />
      </div>
    </>
  )
}

function Page() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const asked = readQuestion(search)
  const { query: list, maySee, accounts, accountId, isGone, hasNone } = useAskedAccount(search.of)
  const question = wholeQuestion(accountId, asked)
  const query = useAccessCheck(question)
  useKeepRecent(question, query.data)
  const error = useFailure(query)
  const isNotThere = hasSlug(error, 'not-found')
  // The answer has the names; without one they are looked for.
  const isWanted = !isGone && query.data === undefined && (question === undefined || error !== null || query.failureCount > 0)
  const found = { from: useName(accountId, asked.from, isWanted), to: useName(accountId, asked.to, isWanted) }
  const nameOf = (side: 'from' | 'to') => (asked[side]?.kind === 'any' ? EVERYBODY : (query.data?.[side].name ?? found[side]))
  const names: Names = { from: nameOf('from'), to: nameOf('to') }
  const problems = error instanceof ApiProblem ? error.fields.filter(({ pointer }) => ['/from', '/to', '/port'].includes(pointer)) : []

  const change: Parameters<typeof QuestionLine>[0]['onChange'] = (next, { replace = false } = {}) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, of: accountId, ...next }), replace, resetScroll: false } as Parameters<typeof navigate>[0])

  if (hasNone && search.of === undefined) {
    return (
      <NothingSynced icon={ShieldQuestionMark} title={texts.nothingToAsk}>
        {texts.connect}
      </NothingSynced>
    )
  }
  return (
    <>
      <AccountBanners />
      <QuestionLine {...{ asked, accountId, accounts, names, problems }} onChange={change} />
      <div className="mt-4">
        {question ? (
          problems.length === 0 && <AnswerPart {...{ query, error, question, asked, names }} accountIsGone={isNotThere && isGone} />
        ) : accountId !== undefined ? (
          <Starts accountId={accountId} asked={asked} name={names.from ?? names.to ?? undefined} />
        ) : (
          // Which account is meant is not known yet.
          maySee && (
            <Loaded query={list} what={texts.accounts} skeleton={<StartsSkeleton />}>
              {() => null}
            </Loaded>
          )
        )}
      </div>
      <p className="mt-4 flex flex-wrap gap-2">
        {(asked.from ?? asked.to) && (
          <Link to="/access" search={given({ of: accountId })} className={buttonClass('quiet')}>
            {texts.askElse}
          </Link>
        )}
        <Link to="/access/since" search={given({ of: accountId })} className={buttonClass('quiet')}>
          {texts.openedSince}
        </Link>
      </p>
    </>
  )
}

/** Who can reach what: one question, and its answer with the reasons. */
export function AccessPage() {
  return useCan('netbird:read') ? <Page /> : <NotAllowed what={texts.what} permission="netbird:read" />
}
