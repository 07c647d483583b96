import type { AccessCheck, AccessToChange } from '@/api/types'
import { ItemLink } from '@/components/items/ItemLink'
import { TryLink } from '@/components/TryLink'
import { Card } from '@/components/ui/Card'
import type { AccessSearch } from '@/lib/accessEnds'
import { changeLook } from './looks'
import { texts } from './texts'

interface RowProps {
  change: AccessToChange
  of: string
  on: Pick<AccessSearch, 'protocol' | 'port'>
}

function Row({ change: { kind, sentence, policyId, policyName, rule, change }, of, on }: RowProps) {
  const { icon: Icon } = changeLook(kind)
  return (
    <li className="flex flex-wrap items-start gap-3 px-4 py-3">
      <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0 text-text-3" />
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-14 wrap-anywhere">{sentence}</p>
        {policyId && (
          <ItemLink kind="policy" id={policyId} of={of} className="mt-1 inline-block py-0.5 text-13 wrap-anywhere text-accent-text hover:underline touch:py-2">
            {texts.reasons.policy({ policy: policyName || policyId, rule: typeof rule === 'number' ? rule + 1 : undefined })}
          </ItemLink>
        )}
      </div>
      {change && change.changes.length > 0 && (
        <TryLink of={of} {...on} changes={change.changes} label={texts.toChange.tryThis({ sentence })}>
          {texts.toChange.try}
        </TryLink>
      )}
    </li>
  )
}

/** What would have to change for the other answer; each that can be tried was. */
export function ToChange({ answer: { accountId, verdict }, changes, on }: { answer: Pick<AccessCheck, 'accountId' | 'verdict'>; changes: readonly AccessToChange[]; on: RowProps['on'] }) {
  if (changes.length === 0) return null
  const note = verdict === 'denied' ? texts.toChange.toAllow : verdict === 'allowed' ? texts.toChange.toDeny : texts.toChange.toKnow
  return (
    <Card title={texts.toChange.title} note={note} className="mt-4">
      <ol className="flex flex-col divide-y divide-line pb-1">
        {changes.map((change, index) => (
          <Row key={index} change={change} of={accountId} on={on} />
        ))}
      </ol>
    </Card>
  )
}
