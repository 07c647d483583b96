import type { RuleTest } from '@/api/types'
import { Card } from '@/components/ui/Card'
import { listed } from '@/lib/numbers'
import { duration } from '@/lib/time'
import type { DraftTest } from './draftTest'
import { texts } from './formTexts'
import { lacking } from './lacking'
import { isOnlyNew, isUndated, tellsEach, type RuleDraft } from './ruleDraft'

type Found = RuleTest['accounts'][number]

/** As many peers are named; the others are counted. */
const NAMED = 3

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

/** At how many peers the rule looks; nothing of one that chooses none, and where that is not known. */
function LooksAt({ count }: { count: number | undefined }) {
  if (count === undefined) return null
  return <span className={count === 0 ? 'block text-warn-text' : 'block text-text-3'}>{count === 0 ? texts.looksAt.none : texts.looksAt.peers({ count })}</span>
}

/** In all of them; undefined where it is not known of any. */
function looksAtIn(accounts: readonly Found[]): number | undefined {
  const known = accounts.flatMap(({ looksAt }) => (typeof looksAt === 'number' ? [looksAt] : []))
  return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0)
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
      <LooksAt count={found.looksAt ?? undefined} />
    </li>
  )
}

/** What the rule would find if it were there now. */
export function WouldFire({ draft, test: { found: data } }: { draft: RuleDraft; test: DraftTest }) {
  if (!data || data.accounts.length === 0) return null
  const holds = data.accounts.filter((account) => account.holds)
  // A rule that looks at nothing somewhere is silent there for good: that is no "nothing" like the others.
  const telling = data.accounts.filter(({ holds, waitsFor, present, looksAt }) => holds || waitsFor.length > 0 || present !== undefined || looksAt === 0)
  const shown = telling.length > 0 || data.accounts.length > 1 ? telling : data.accounts
  return (
    <Card title={texts.wouldFire.title} note={holds.length > 0 ? texts.wouldFire.in({ holds: holds.length }) : undefined}>
      <div aria-live="polite" className="px-4 pt-1 pb-4 text-14">
        {shown.length === 0 ? (
          <p>
            {texts.wouldFire.nothingIn({ accounts: data.accounts.length })}
            <LooksAt count={looksAtIn(data.accounts)} />
          </p>
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
