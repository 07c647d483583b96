import type { RuleTest } from '@/api/types'
import { listed } from '@/lib/numbers'
import { texts } from './texts'

type Missing = RuleTest['accounts'][number]['waitsFor'][number]

const WHY: Record<Missing['reason'], (lists: string) => string> = {
  not_given: (lists) => texts.why.not_given({ lists }),
  not_readable: (lists) => texts.why.not_readable({ lists }),
  not_yet: (lists) => texts.why.not_yet({ lists }),
  no_data: (metrics) => texts.why.no_data({ metrics }),
}

/** Why a rule cannot judge an account: “its server does not give setup keys”. */
export function lacking(missing: readonly Missing[]): string {
  const reasons = [...new Set(missing.map(({ reason }) => reason))]
  return listed(
    reasons.map((reason) => {
      const lists = listed(missing.filter((one) => one.reason === reason).map(({ list }) => list))
      // One that this version does not know yet.
      return (WHY[reason] as ((lists: string) => string) | undefined)?.(lists) ?? texts.lacking.notKnown({ lists })
    }),
  )
}
