import clsx from 'clsx'
import { CircleCheck, CircleHelp, History, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AccessProposalStanding } from '@/api/types'
import { wrongElsewhere } from '@/components/difference/problems'
import { SOFT_TONE, type Tone } from '@/components/ui/Badge'
import { sentence } from '@/lib/sentence'
import { changedWords } from './standing'
import { texts } from './texts'

interface NoticeProps {
  tone: Tone
  icon: LucideIcon
  title: string
  children?: ReactNode
}

function Notice({ tone, icon: Icon, title, children }: NoticeProps) {
  return (
    <div className={clsx('flex items-start gap-2.5 rounded-lg border border-line px-3 py-2.5 text-13', SOFT_TONE[tone])}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 wrap-anywhere">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  )
}

/** What keeps a proposal from being read as it was written: it is gone, done, unknown, or about things that changed. */
export function Standing({ now }: { now: AccessProposalStanding }) {
  const { standing, reason, problems, isStale, changedSince } = now
  const elsewhere = wrongElsewhere(problems)
  if (standing === 'applies' && !isStale) return null
  return (
    <div role="status" className="mb-4 flex flex-col gap-2">
      {standing === 'gone' && (
        <Notice tone="bad" icon={TriangleAlert} title={texts.standing.gone}>
          {reason && <p className="mt-0.5">{sentence(reason)}</p>}
          {elsewhere.map((detail) => (
            <p key={detail} className="mt-0.5">
              {sentence(detail)}
            </p>
          ))}
          {problems.length > elsewhere.length && <p className="mt-0.5">{texts.standing.atChange}</p>}
        </Notice>
      )}
      {standing === 'in_place' && (
        <Notice tone="ok" icon={CircleCheck} title={texts.standing.inPlace}>
          <p className="mt-0.5">{texts.standing.nothingLeft}</p>
        </Notice>
      )}
      {standing !== 'applies' && standing !== 'gone' && standing !== 'in_place' && (
        <Notice tone="warn" icon={CircleHelp} title={texts.standing.unknown}>
          {reason && <p className="mt-0.5">{sentence(reason)}</p>}
        </Notice>
      )}
      {isStale && (
        <Notice tone="warn" icon={History} title={texts.standing.stale}>
          <ul className="mt-0.5 list-disc pl-4">
            {changedSince.map((thing) => (
              <li key={`${thing.list} ${thing.id}`}>{changedWords(thing)}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}
