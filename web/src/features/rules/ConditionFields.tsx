import { useState } from 'react'
import type { ConditionType } from '@/api/types'
import { TextField } from '@/components/ui/Field'
import { ConditionChoice } from './ConditionChoice'
import { kindOf, takesPeers } from './conditions/conditions'
import type { ConditionDraft } from './conditions/kind'
import { peersOf, type PeersDraft } from './conditions/peers'
import { errorAt, type DraftFields } from './draftFields'
import { texts } from './formTexts'

export function ConditionFields({ draft, errors, change }: DraftFields) {
  const { conditionType, conditionConfig, accountId } = draft
  // What was set of another condition is there again when somebody comes back to it.
  const [left, setLeft] = useState<Readonly<Record<string, ConditionDraft>>>({})
  const choose = (type: ConditionType) => {
    // What names things of one account is of no use once the rule may be of another.
    if (!kindOf(conditionType).ofOneAccount) setLeft({ ...left, [conditionType]: conditionConfig })
    const peers = takesPeers(type) && 'groups' in conditionConfig && peersOf(conditionConfig as PeersDraft)
    change({ conditionType: type, conditionConfig: { ...(left[type] ?? kindOf(type).blank()), ...peers } })
  }
  const kind = kindOf(conditionType)
  return (
    <div className="flex flex-col gap-4">
      <ConditionChoice chosen={conditionType} onChoose={choose} />
      <kind.Fields
        key={conditionType}
        draft={conditionConfig}
        accountId={accountId}
        errorOf={(field: string) => errorAt(errors, `/conditionConfig/${field}`)}
        change={(part, of) => change({ conditionConfig: { ...conditionConfig, ...part }, ...(of !== undefined && { accountId: of }) })}
      />
      <details>
        <summary className="w-fit rounded-sm text-13 text-accent-text">{texts.conditionFields.waitingTimes}</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          <TextField
            label={texts.conditionFields.waitBeforeAlertOpens}
            inputMode="numeric"
            hint={texts.conditionFields.waitBeforeAlertOpensHint}
            value={draft.forMinutes}
            error={errorAt(errors, '/forMinutes')}
            onChange={(event) => change({ forMinutes: event.target.value })}
          />
          <TextField
            label={texts.conditionFields.keepOpenAfterwardsIn}
            inputMode="numeric"
            hint={texts.conditionFields.keepOpenAfterwardsInHint}
            value={draft.keepFiringMinutes}
            error={errorAt(errors, '/keepFiringMinutes')}
            onChange={(event) => change({ keepFiringMinutes: event.target.value })}
          />
        </div>
      </details>
    </div>
  )
}
