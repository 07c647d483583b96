import { useEffect, useMemo, useState } from 'react'
import type { RuleTest } from '@/api/types'
import { Card } from '@/components/ui/Card'
import { listed } from '@/lib/numbers'
import { duration } from '@/lib/time'
import { lacking } from './lacking'
import { useRuleTest } from '@/queries/rules'
import { isOnlyNew, isUndated, tellsEach, toTest, type RuleDraft } from './ruleDraft'
import { texts } from './formTexts'

type Found = RuleTest['accounts'][number]

/** How long a draft must stay as it is before it is tested. */
const PAUSE_MS = 400
/** As many peers are named; the others are counted. */
const NAMED = 3

/** A value once it has not changed for a while. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** What becomes of what is so already when the rule is saved. */
function whatFollows(draft: RuleDraft): string {
  if (isOnlyNew(draft)) return texts.whatFollows.peersJoinedBeforeRule
  if (tellsEach(draft) && !isUndated(draft)) return texts.whatFollows.whatSoAlreadyOpens
  const wait = Number(draft.forMinutes)
  return wait > 0 ? texts.whatFollows.firesAfterRuleSaved({ wait: duration(wait * 60_000) }) : texts.whatFollows.firesWhenRuleSaved
}

/** Of a rule that looks at its groups one by one: what is found in each. */
function Groups({ groups }: { groups: NonNullable<Found['groups']> }) {
  const quiet = groups.filter(({ holds }) => !holds).map(({ name }) => name)
  return (
    <ul aria-label={texts.groupsFound.groupByGroup} className="flex flex-col gap-0.5 pl-3">
      {groups
        .filter(({ holds }) => holds)
        .map(({ name, title }) => (
          <li key={name}>
            <span className="text-text-3">{name}: </span>
            {title}
          </li>
        ))}
      {quiet.length > 0 && <li className="text-text-3">{texts.groupsFound.nothing({ quiet })}</li>}
    </ul>
  )
}

function Account({ found, alone }: { found: Found; alone: boolean }) {
  const named = found.peers.slice(0, NAMED).map(({ name }) => name)
  const rest = found.total - named.length
  const peers = listed(rest > 0 ? [...named, texts.account.others({ rest })] : named)
  return (
    <li className="break-words">
      {!alone && <span className="text-text-3">{found.accountName}: </span>}
      {found.asOf === undefined && (found.waitsFor.length > 0 ? texts.account.wouldWaitSince({ lacking: lacking(found.waitsFor) }) : texts.account.nothingKnownNow)}
      {found.asOf !== undefined && !found.holds && (found.present ?? texts.account.nothing)}
      {found.holds && (found.groups ? <Groups groups={found.groups} /> : found.title)}
      {found.holds && found.present && <span className="block text-text-3">{found.present}</span>}
      {found.holds && !found.groups && found.total > 2 && named.length > 0 && <span className="text-text-3"> ({peers})</span>}
    </li>
  )
}

/** What the rule would find if it were there now. */
export function WouldFire({ draft }: { draft: RuleDraft }) {
  const body = useMemo(() => toTest(draft), [draft])
  const { data, isError } = useRuleTest(useSettled(body))
  if (!data || isError || data.accounts.length === 0) return null
  const holds = data.accounts.filter((account) => account.holds)
  const telling = data.accounts.filter(({ holds, waitsFor, present }) => holds || waitsFor.length > 0 || present !== undefined)
  const shown = telling.length > 0 || data.accounts.length > 1 ? telling : data.accounts
  return (
    <Card title={texts.wouldFire.title} note={holds.length > 0 ? texts.wouldFire.in({ holds: holds.length }) : undefined}>
      <div aria-live="polite" className="px-4 pt-1 pb-4 text-14">
        {shown.length === 0 ? (
          <p>{texts.wouldFire.nothingIn({ accounts: data.accounts.length })}</p>
        ) : (
          <ul className="flex max-h-60 flex-col gap-1 overflow-y-auto">
            {shown.map((found) => (
              <Account key={found.accountId} found={found} alone={data.accounts.length === 1} />
            ))}
          </ul>
        )}
        {holds.length > 0 && (
          <p className="mt-2 text-13 text-text-3">{whatFollows(draft)}</p>
        )}
      </div>
    </Card>
  )
}
