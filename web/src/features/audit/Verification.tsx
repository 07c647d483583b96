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
import { grouped, plural } from '@/lib/numbers'
import { useAuditVerification } from '@/queries/audit'
import { monthOf, monthsLater, monthTitle } from './months'
import { SaveSealed } from './SaveSealed'

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
  title: 'Nothing was changed or removed',
  text: 'Every entry is what it was when it was written.',
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  intact: INTACT,
  unsealed: {
    icon: ShieldQuestion,
    look: 'text-warn-text',
    title: 'Not every entry has a seal',
    text: 'Those that are sealed are what they were. Of an entry without a seal nobody can tell: it is older than sealing, or sealing was down when it was written.',
  },
  broken: {
    icon: ShieldAlert,
    look: 'text-bad-text',
    title: 'The trail was changed',
    text: 'Somebody with access to the database altered or removed what is listed here.',
  },
}

const DEFECTS: Readonly<Record<string, string>> = {
  altered: 'The entry is not what it was when it was written.',
  missing: 'The entry is gone.',
  'broken-chain': 'The seal was changed, or one before it is gone.',
}

function Findings({ findings, omittedFindings }: Pick<AuditVerification, 'findings' | 'omittedFindings'>) {
  if (findings.length === 0) return null
  return (
    <div>
      <ul aria-label="What is wrong" className="divide-y divide-line rounded-md border border-line">
        {findings.map(({ kind, number, entryId, at }) => (
          <li key={`${kind} ${number}`} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2 text-13">
            <span className="min-w-0 grow">{DEFECTS[kind] ?? kind}</span>
            <span className="text-text-3">
              Seal {grouped(number)}, written <Clock at={at} dated seconds />
            </span>
            {kind !== 'missing' && (
              <Link to="/audit" search={(search) => ({ ...search, entry: entryId })} resetScroll={false} className="text-accent-text hover:underline">
                Show the entry
              </Link>
            )}
          </li>
        ))}
      </ul>
      {omittedFindings > 0 && <p className="pt-1 text-12 text-text-3">{grouped(omittedFindings)} more are not listed.</p>}
    </div>
  )
}

/** What somebody notes down, to see later that nothing was cut off since. */
function Head({ number, hash, at }: NonNullable<AuditVerification['head']>) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-surface-2 px-3 py-2 text-13">
      <div className="min-w-0 grow">
        <p className="text-text-3">
          Newest seal: number {grouped(number)}, <Clock at={at} dated seconds />. Keep it elsewhere to see later that nothing was cut off.
        </p>
        <p className="font-mono text-12 break-all text-text-2">{hash}</p>
      </div>
      <CopyButton text={`${number}:${hash}`} what="seal" />
    </div>
  )
}

function Result({ verification }: { verification: AuditVerification }) {
  const { verdict, month, entries, sealed, waiting, unsealed, head } = verification
  const { icon: Icon, look, title, text } = VERDICTS[verdict] ?? { ...INTACT, icon: ShieldQuestion, look: 'text-text-2', title: verdict, text: '' }
  if (entries === 0 && head === undefined) return <p className="py-4 text-center text-13 text-text-2">Nothing was written in {monthTitle(month)}.</p>
  const counts = [`${grouped(sealed)} of ${plural(entries, 'entry', 'entries')} as they were sealed`, waiting > 0 ? `${grouped(waiting)} too new to be sealed` : '', unsealed > 0 ? `${grouped(unsealed)} without a seal` : '']
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
      title="Verification"
      note={query.data && <Ago at={new Date(query.dataUpdatedAt).toISOString()} />}
      action={
        <Button variant="quiet" icon={RotateCw} busy={query.isFetching} onClick={() => void query.refetch()}>
          Verify again
        </Button>
      }
      className="mb-4"
    >
      <div className="flex flex-col gap-3 px-4 pt-1 pb-4">
        <div role="group" aria-label="Month" className="flex items-center gap-1">
          <Button variant="quiet" aria-label="Month before" onClick={() => onMonth(monthsLater(month, -1))}>
            <ChevronLeft aria-hidden className="size-4" />
          </Button>
          <span aria-live="polite" className="min-w-32 text-center text-13 tabular-nums">
            {monthTitle(month)}
          </span>
          <Button variant="quiet" aria-label="Month after" disabled={isPresent} onClick={() => onMonth(monthsLater(month, 1))}>
            <ChevronRight aria-hidden className="size-4" />
          </Button>
          <span className="text-12 text-text-3">by UTC</span>
        </div>
        <Loaded query={query} what="the verification" skeleton={<Bone className="h-28" />}>
          {(verification) => <Result verification={verification} />}
        </Loaded>
      </div>
    </Card>
  )
}
