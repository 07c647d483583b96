import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { ChevronLeft, ChevronRight, RotateCw, ShieldAlert, ShieldCheck, ShieldQuestion, type LucideIcon } from 'lucide-react'
import type { AuditVerification } from '@/api/types'
import { Bone } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Ago, Clock } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { CopyButton } from '@/components/ui/CopyButton'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { useAuditVerification } from '@/queries/audit'
import { monthOf, monthsLater, monthTitle } from './months'
import { SaveSealed } from './SaveSealed'
import { texts } from './texts'

export const thisMonth = (): string => monthOf(new Date())

interface Verdict {
  icon: LucideIcon
  look: string
  title: string
  text: string
}

const INTACT: Verdict = {
  icon: ShieldCheck,
  look: 'text-ok-text',
  ...texts.verdicts.intact,
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  intact: INTACT,
  unsealed: {
    icon: ShieldQuestion,
    look: 'text-warn-text',
    ...texts.verdicts.unsealed,
  },
  broken: {
    icon: ShieldAlert,
    look: 'text-bad-text',
    ...texts.verdicts.broken,
  },
}

const DEFECTS: Readonly<Record<string, string>> = texts.defects

function Findings({ findings, omittedFindings }: Pick<AuditVerification, 'findings' | 'omittedFindings'>) {
  if (findings.length === 0) return null
  return (
    <div>
      <ul aria-label={texts.findings.label} className="divide-y divide-line rounded-md border border-line">
        {findings.map(({ kind, number, entryId, at }) => (
          <li key={`${kind} ${number}`} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2 text-13">
            <span className="min-w-0 grow">{DEFECTS[kind] ?? kind}</span>
            <span className="text-text-3">
              {phrase(texts.findings.seal, { number: grouped(number), when: <Clock at={at} dated seconds /> })}
            </span>
            {kind !== 'missing' && (
              <Link to="/audit" search={(search) => ({ ...search, entry: entryId })} resetScroll={false} className="text-accent-text hover:underline">
                {texts.findings.show}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {omittedFindings > 0 && <p className="pt-1 text-12 text-text-3">{texts.findings.omitted({ count: omittedFindings })}</p>}
    </div>
  )
}

/** What somebody notes down, to see later that nothing was cut off since. */
function Head({ number, hash, at }: NonNullable<AuditVerification['head']>) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-surface-2 px-3 py-2 text-13">
      <div className="min-w-0 grow">
        <p className="text-text-3">
          {phrase(texts.head.newest, { number: grouped(number), when: <Clock at={at} dated seconds /> })}
        </p>
        <p className="font-mono text-12 break-all text-text-2">{hash}</p>
      </div>
      <CopyButton text={`${number}:${hash}`} what={texts.head.copied} />
    </div>
  )
}

function Result({ verification }: { verification: AuditVerification }) {
  const { verdict, month, entries, sealed, waiting, unsealed, head } = verification
  const { icon: Icon, look, title, text } = VERDICTS[verdict] ?? { ...INTACT, icon: ShieldQuestion, look: 'text-text-2', title: verdict, text: '' }
  if (entries === 0 && head === undefined) return <p className="py-4 text-center text-13 text-text-2">{texts.verification.nothing({ month: monthTitle(month) })}</p>
  const counts = [texts.verification.sealed({ sealed, entries }), waiting > 0 ? texts.verification.waiting({ waiting }) : '', unsealed > 0 ? texts.verification.unsealed({ unsealed }) : '']
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start gap-3">
        <Icon aria-hidden className={clsx('mt-0.5 size-5 shrink-0', look)} />
        <div className="min-w-0">
          <p className={clsx('font-semibold', look)}>{title}</p>
          <p className="max-w-prose text-13 text-text-2">{text}</p>
          <p className="pt-1 text-13 text-text-3 tabular-nums">{counts.filter(Boolean).join(' · ')}</p>
        </div>
      </div>
      <Findings {...verification} />
      {head && <Head {...head} />}
      {head && <SaveSealed month={month} />}
    </div>
  )
}

interface VerificationProps {
  month: string
  onMonth: (month: string) => void
}

/** Whether a month of the trail is what it was when it was written. */
export function Verification({ month, onMonth }: VerificationProps) {
  const query = useAuditVerification(month)
  const isPresent = month >= thisMonth()
  return (
    <Card
      title={texts.verification.title}
      note={query.data && <Ago at={new Date(query.dataUpdatedAt).toISOString()} />}
      action={
        <Button variant="quiet" icon={RotateCw} busy={query.isFetching} onClick={() => void query.refetch()}>
          {texts.verification.again}
        </Button>
      }
      className="mb-4"
    >
      <div className="flex flex-col gap-3 px-4 pt-1 pb-4">
        <div role="group" aria-label={texts.verification.month} className="flex items-center gap-1">
          <Button variant="quiet" aria-label={texts.verification.monthBefore} onClick={() => onMonth(monthsLater(month, -1))}>
            <ChevronLeft aria-hidden className="size-4" />
          </Button>
          <span aria-live="polite" className="min-w-32 text-center text-13 tabular-nums">
            {monthTitle(month)}
          </span>
          <Button variant="quiet" aria-label={texts.verification.monthAfter} disabled={isPresent} onClick={() => onMonth(monthsLater(month, 1))}>
            <ChevronRight aria-hidden className="size-4" />
          </Button>
          <span className="text-12 text-text-3">{texts.verification.byUtc}</span>
        </div>
        <Loaded query={query} what={texts.verification.what} skeleton={<Bone className="h-28" />}>
          {(verification) => <Result verification={verification} />}
        </Loaded>
      </div>
    </Card>
  )
}
