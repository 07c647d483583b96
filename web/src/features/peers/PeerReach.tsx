import { Link } from '@tanstack/react-router'
import type { AccessCheck, PeerDetail } from '@/api/types'
import { ItemLink } from '@/components/items/ItemLink'
import { SkeletonRows } from '@/components/Skeleton'
import { Loaded } from '@/components/states'
import { Card } from '@/components/ui/Card'
import { ANY, writeEnd, type End } from '@/lib/accessEnds'
import { listed } from '@/lib/numbers'
import { useAccessCheck } from '@/queries/access'
import { texts } from './texts'

/** As many rules are told; the others are where the whole answer is. */
const MOST = 5

function Answer({ answer, from, to }: { answer: AccessCheck; from: End; to: End }) {
  const { accountId, open, mayBeOpen, counts, reasons, omittedReasons, sentence } = answer
  const perhaps = mayBeOpen.filter((one) => !open.includes(one))
  const rest = Math.max(0, reasons.length - MOST) + omittedReasons
  return (
    <div className="flex flex-col gap-2 px-4 pt-1 pb-3 text-13">
      <p className="text-14 wrap-anywhere">{sentence}</p>
      <p className="text-text-2 tabular-nums">{texts.reach.counts(counts)}</p>
      {open.length > 0 && <p className="wrap-anywhere">{texts.reach.open({ services: listed(open) })}</p>}
      {perhaps.length > 0 && <p className="wrap-anywhere text-warn-text">{texts.reach.mayBeOpen({ services: listed(perhaps) })}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {reasons.slice(0, MOST).map((reason, index) => (
          <li key={index} className="py-1.5 wrap-anywhere">
            {reason.sentence}
            {reason.policyId && (
              <>
                {' '}
                <ItemLink kind="policy" id={reason.policyId} of={accountId} className="text-accent-text underline">
                  {reason.policyName || reason.policyId}
                </ItemLink>
              </>
            )}
          </li>
        ))}
      </ul>
      <Link to="/access" search={{ of: accountId, from: writeEnd(from), to: writeEnd(to) }} className="self-start text-accent-text hover:underline touch:py-2">
        {rest > 0 ? texts.reach.wholeAndMore({ count: rest }) : texts.reach.whole}
      </Link>
    </div>
  )
}

function Side({ title, accountId, from, to }: { title: string; accountId: string; from: End; to: End }) {
  const query = useAccessCheck({ accountId, from, to, protocol: undefined, port: undefined })
  return (
    <Card title={title}>
      <Loaded query={query} what={texts.reach.what} skeleton={<SkeletonRows rows={3} />}>
        {(answer) => <Answer answer={answer} from={from} to={to} />}
      </Loaded>
    </Card>
  )
}

/** Whom a peer reaches and who reaches it, on what, and by which rules. */
export function PeerReach({ peer: { id, accountId } }: { peer: PeerDetail }) {
  const end: End = { kind: 'peer', id }
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Side title={texts.reach.reaches} accountId={accountId} from={end} to={ANY} />
      <Side title={texts.reach.reached} accountId={accountId} from={ANY} to={end} />
    </div>
  )
}
