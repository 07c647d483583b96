import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import type { Severity } from '@/api/types'
import { useAccounts } from '@/queries/accounts'
import { useRules } from '@/queries/rules'
import { Choices, optionsOf } from './Choices'
import { within, type FieldErrors } from './formErrors'
import { SEVERITIES } from './status'
import { texts } from './texts/questions'

export interface Matched {
  ruleIds: readonly string[]
  severities: readonly Severity[]
  accountIds: readonly string[]
}

interface MatcherFieldsProps {
  matched: Matched
  errors: FieldErrors
  onChange: (part: Partial<Matched>) => void
  /** What else is chosen of the accounts. */
  children?: ReactNode
}

/** Which alerts are meant: of which severities, rules and accounts. */
export function MatcherFields({ matched: { ruleIds, severities, accountIds }, errors, onChange, children }: MatcherFieldsProps) {
  const { data: rules = [] } = useRules(useCan('rules:read'))
  const { data: accounts = [] } = useAccounts(useCan('accounts:read'))
  return (
    <>
      <Choices
        title={texts.matcherFields.severities}
        row
        options={SEVERITIES.map(({ value, word }) => ({ value, label: word }))}
        chosen={severities}
        error={within(errors, '/matchers/severities')}
        onChange={(chosen) => onChange({ severities: chosen })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {rules.length + ruleIds.length > 0 && (
          <Choices title={texts.matcherFields.rules} options={optionsOf(rules, ruleIds, texts.matcherFields.deletedRule)} chosen={ruleIds} error={within(errors, '/matchers/ruleIds')} onChange={(chosen) => onChange({ ruleIds: chosen })} />
        )}
        {accounts.length + accountIds.length > 0 && (
          <Choices title={texts.matcherFields.accounts} options={optionsOf(accounts, accountIds, texts.matcherFields.removedAccount)} chosen={accountIds} error={within(errors, '/matchers/accountIds')} onChange={(chosen) => onChange({ accountIds: chosen })} />
        )}
      </div>
      {children}
    </>
  )
}
