import type { RuleTest } from '@/api/types'
import { listed } from '@/lib/numbers'

type Missing = RuleTest['accounts'][number]['waitsFor'][number]

const WHY: Record<Missing['reason'], (lists: string) => string> = {
  not_given: (lists) => `its server does not give ${lists}`,
  not_readable: (lists) => `its server’s answer for ${lists} could not be read`,
  not_yet: (lists) => `${lists} are yet to be read`,
  no_data: (metrics) => `no value of ${metrics} was pushed lately`,
}

/** Why a rule cannot judge an account: “its server does not give setup keys”. */
export function lacking(missing: readonly Missing[]): string {
  const reasons = [...new Set(missing.map(({ reason }) => reason))]
  return listed(
    reasons.map((reason) => {
      const lists = listed(missing.filter((one) => one.reason === reason).map(({ list }) => list))
      // One that this version does not know yet.
      return (WHY[reason] as ((lists: string) => string) | undefined)?.(lists) ?? `${lists} are not known`
    }),
  )
}
