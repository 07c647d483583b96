import { History } from 'lucide-react'
import { useCan } from '@/api/client'
import type { RuleHistoryTest, TestRuleHistory } from '@/api/types'
import { RequestFailure } from '@/components/RequestFailure'
import { SkeletonRows } from '@/components/Skeleton'
import { Clock } from '@/components/Time'
import { Button } from '@/components/ui/Button'
import { Card } from '@/components/ui/Card'
import { phrase } from '@/lib/phrase'
import { dayLabel, duration } from '@/lib/time'
import { useRuleHistoryTest } from '@/queries/rules'
import { hasPast } from './conditions/conditions'
import { texts } from './formTexts'
import { markOf, pastInWords, together } from './past'
import { PAST_DAYS } from './ruleDraft'

const percent = (part: number): string => `${100 * part}%`

/** The days as a strip; all that it shows is said below it. */
function Strip({ past }: { past: RuleHistoryTest }) {
  const place = (from: string, to: string | null | undefined) => {
    const mark = markOf({ from, to: to ?? null }, past)
    // What began just now is seen, too.
    return mark && { left: `min(${percent(mark.left)}, calc(100% - 4px))`, width: percent(mark.width) }
  }
  return (
    <div aria-hidden className="mt-3">
      <div className="relative h-6 overflow-hidden rounded-sm bg-surface-2">
        {past.gaps.map(({ accountId, from, to }) => (
          <span key={`${accountId} ${from}`} className="absolute inset-y-0 min-w-px bg-muted/70" style={place(from, to)} />
        ))}
        {past.alerts.map(({ accountId, openedAt, resolvedAt, title }) => (
          <span key={`${accountId} ${openedAt} ${title}`} className="absolute inset-y-1 min-w-1 rounded-xs bg-bad" style={place(openedAt, resolvedAt)} />
        ))}
      </div>
      <div className="mt-1 flex justify-between text-12 text-text-3">
        <span>{dayLabel(new Date(past.from))}</span>
        <span className="inline-flex items-center gap-3">
          <span className="inline-flex items-center gap-1">
            <span className="size-2.5 rounded-xs bg-bad" /> {texts.wouldHaveFired.alert}
          </span>
          {past.gaps.length > 0 && (
            <span className="inline-flex items-center gap-1">
              <span className="size-2.5 rounded-xs bg-muted/70" /> {texts.wouldHaveFired.notKnown}
            </span>
          )}
        </span>
        <span>{texts.wouldHaveFired.now}</span>
      </div>
    </div>
  )
}

function Alerts({ past }: { past: RuleHistoryTest }) {
  const isAlone = new Set(past.alerts.map(({ accountId }) => accountId)).size < 2
  return (
    // Whoever scrolls by keyboard has to be able to reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <ul aria-label={texts.alerts.alertsWouldHaveBeen} tabIndex={0} className="mt-3 flex max-h-64 flex-col divide-y divide-line overflow-y-auto border-t border-line">
      {past.alerts.map(({ accountId, accountName, openedAt, resolvedAt, title, peers, told }) => (
        <li key={`${accountId} ${openedAt} ${title}`} className="py-2">
          <p className="text-14 break-words">{title}</p>
          <p className="text-13 text-text-3">
            {!isAlone && `${accountName} · `}
            <Clock at={openedAt} dated /> · {resolvedAt ? texts.alerts.for({ parse: duration(Date.parse(resolvedAt) - Date.parse(openedAt)) }) : texts.alerts.wouldBeOpenNow}
            {peers > 1 && texts.alerts.inAll({ peers })}
            {!told && texts.alerts.nobodyWouldHaveBeen}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** What is left out, and what is not known. */
function Notes({ past: { gaps, omitted, alerts, removedPeers, stoppedAt } }: { past: RuleHistoryTest }) {
  const isAlone = new Set(gaps.map(({ accountId }) => accountId)).size < 2
  return (
    <div className="mt-3 flex flex-col gap-1.5 text-13 text-text-2 empty:hidden">
      {omitted > 0 && <p>{texts.notes.newestListed({ alerts: alerts.length })}</p>}
      {stoppedAt && (
        <p>
          {phrase(texts.notes.thereWasTooMuch, { when: <Clock at={stoppedAt} dated /> })}
        </p>
      )}
      {gaps.length > 0 && (
        <details>
          <summary className="w-fit rounded-sm">
            {isAlone ? texts.notes.unknownInAll({ gaps: gaps.length, together: duration(together(gaps)) }) : texts.notes.unknown({ gaps: gaps.length })}
          </summary>
          <ul className="mt-1 list-disc pl-5">
            {gaps.map(({ accountId, accountName, from, to }) => (
              <li key={`${accountId} ${from}`}>
                {isAlone
                  ? phrase(texts.notes.gap, { from: <Clock at={from} dated />, to: <Clock at={to} dated /> })
                  : phrase(texts.notes.gapOf, { account: accountName, from: <Clock at={from} dated />, to: <Clock at={to} dated /> })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {removedPeers > 0 && <p>{texts.notes.removed({ removedPeers })}</p>}
    </div>
  )
}

interface WouldHaveFiredProps {
  type: string
  /** Undefined while the condition is not whole. */
  body: TestRuleHistory | undefined
}

/** What the rule would have told, had it been there for a week. */
export function WouldHaveFired({ type, body }: WouldHaveFiredProps) {
  const test = useRuleHistoryTest()
  const mayTest = useCan('rules:write')
  if (!mayTest || !hasPast(type)) return null
  const isOld = test.variables !== undefined && JSON.stringify(test.variables) !== JSON.stringify(body)
  // Of another condition nothing is shown at all.
  const past = test.variables?.conditionType === type ? test.data : undefined
  return (
    <Card title={texts.wouldHaveFired.lastDays({ pastDays: PAST_DAYS })}>
      <div className="px-4 pt-1 pb-4">
        {!past && !test.isPending && <p className="text-13 text-text-2">{texts.wouldHaveFired.whatWouldRuleHave}</p>}
        {test.error && !isOld && (
          <div className="mt-2">
            <RequestFailure error={test.error} title={texts.wouldHaveFired.failed} />
          </div>
        )}
        {test.isPending && (
          <div aria-busy="true">
            <p role="status" className="text-13 text-text-2">
              {texts.wouldHaveFired.lookingAtLastDays({ pastDays: PAST_DAYS })}
            </p>
            <div aria-hidden className="-mx-4">
              <SkeletonRows rows={3} className="h-11" />
            </div>
          </div>
        )}
        {past && !test.isPending && (
          <>
            <p role="status" className="text-14">
              {isOld && texts.wouldHaveFired.beforeLastChange}
              {pastInWords(past)}
            </p>
            <Strip past={past} />
            {past.alerts.length > 0 && <Alerts past={past} />}
            <Notes past={past} />
          </>
        )}
        {(!past || isOld || test.error) && (
          <Button icon={History} className="mt-3" busy={test.isPending} disabled={body === undefined} onClick={() => body && test.mutate(body)}>
            {texts.wouldHaveFired.showWhatWouldHave}
          </Button>
        )}
      </div>
    </Card>
  )
}
