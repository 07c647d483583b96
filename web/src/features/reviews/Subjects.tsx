import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Boxes, Server, Signature } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '@/api/client'
import type { AccessReviewNow, AccessReviewSubject } from '@/api/types'
import { Ago } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { grouped } from '@/lib/numbers'
import { phrase } from '@/lib/phrase'
import { DecisionMark, StandingMark } from './looks'
import { SignDialog } from './SignDialog'
import { texts } from './texts'

interface SubjectProps {
  subject: AccessReviewSubject
  now: AccessReviewNow['now']['subjects'][number] | undefined
  isShown: boolean
  onSign: (() => void) | undefined
}

/** How many reach it now, where that differs. */
function numbersNow({ peerCount, unknownCount }: NonNullable<SubjectProps['now']>): string | undefined {
  if (typeof peerCount !== 'number') return undefined
  return texts.subjects.now({ peers: peerCount, unknown: unknownCount ?? 0 })
}

function Subject({ subject, now, isShown, onSign }: SubjectProps) {
  const { id, name, targetCount, resourceCount, signOff } = subject
  const isGroup = id.startsWith('group:')
  const Icon = isGroup ? Boxes : Server
  const differs = now && now.standing !== 'same' ? now : undefined
  return (
    <li className={clsx('flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3', isShown && 'bg-accent-soft')}>
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex items-center gap-2 text-14 font-semibold">
          <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
          {phrase(isGroup ? texts.subjects.group : texts.subjects.resource, {
            kind: (words) => <span className="sr-only">{words}</span>,
            name: (
              <Link
                to="."
                search={({ subject: _, ...rest }) => (isShown ? rest : { ...rest, subject: id })}
                resetScroll={false}
                activeProps={{}}
                aria-current={isShown || undefined}
                className="min-w-0 wrap-anywhere hover:underline"
              >
                {name}
              </Link>
            ),
          })}
        </p>
        <p className={clsx('mt-0.5 text-13', subject.isReachedByAnybody ? 'font-medium text-warn-text' : 'text-text-2')}>{texts.reach(subject)}</p>
        {isGroup && (
          <p className="text-12 text-text-3">{texts.subjects.inIt({ peers: targetCount, resources: resourceCount })}</p>
        )}
        {differs && (
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-13">
            <StandingMark standing={differs.standing} />
            <span className="text-text-2">{numbersNow(differs)}</span>
          </p>
        )}
      </div>
      <div className="min-w-0 flex-1 basis-52 text-13">
        {signOff ? (
          <>
            <DecisionMark decision={signOff.decision} />
            <p className="text-12 wrap-anywhere text-text-3">{phrase(texts.subjects.signedBy, { by: signOff.by.name, ago: <Ago at={signOff.at} /> })}</p>
            {signOff.comment !== '' && <p className="mt-0.5 wrap-anywhere whitespace-pre-line text-text-2">{signOff.comment}</p>}
          </>
        ) : (
          <p className="text-text-3">{texts.subjects.notSigned}</p>
        )}
      </div>
      {onSign && (
        <div className="flex min-w-30 sm:justify-end">
          <Button icon={Signature} aria-label={signOff ? texts.subjects.signAgainThis({ name }) : texts.subjects.signOffThis({ name })} onClick={onSign}>
            {signOff ? texts.subjects.signAgain : texts.subjects.signOff}
          </Button>
        </div>
      )}
    </li>
  )
}

interface SubjectsProps {
  found: AccessReviewNow
  /** The one whose rows are shown. */
  shown: string | undefined
}

/** What the review is about, each with who signed it. */
export function Subjects({ found: { review, now }, shown }: SubjectsProps) {
  const mayWrite = useCan('reviews:write')
  const [signs, setSigns] = useState<AccessReviewSubject>()
  const standingOf = (id: string) => now.subjects.find((one) => one.id === id)
  return (
    <Card title={texts.subjects.title} note={grouped(review.subjectCount)}>
      <ul aria-label={texts.subjects.title} className="divide-y divide-line pb-1">
        {review.subjects.map((subject) => (
          <Subject key={subject.id} subject={subject} now={standingOf(subject.id)} isShown={subject.id === shown} onSign={mayWrite ? () => setSigns(subject) : undefined} />
        ))}
      </ul>
      {signs && <SignDialog review={review} subject={signs} isDifferent={standingOf(signs.id)?.standing === 'different'} onClose={() => setSigns(undefined)} />}
    </Card>
  )
}
