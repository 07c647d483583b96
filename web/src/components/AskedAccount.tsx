import type { Account } from '@/api/types'
import { QUESTION_CONTROL } from './questionControl'
import { texts } from './texts/network'

interface AskedAccountProps {
  accountId: string | undefined
  accounts: readonly Account[]
  onChange: (of: string) => void
}

/** Whose network a question is about, where there are several. */
export function AskedAccount({ accountId, accounts, onChange }: AskedAccountProps) {
  if (accounts.length < 2) return null
  return (
    <label className="flex items-center gap-2 text-14 text-text-2 max-lg:w-full">
      <span className="w-10 shrink-0 lg:w-auto">{texts.askedAccount.in}</span>
      <select className={`${QUESTION_CONTROL} min-w-0 max-lg:flex-1`} value={accountId} onChange={(event) => onChange(event.target.value)}>
        {!accounts.some((account) => account.id === accountId) && <option value={accountId}>{texts.askedAccount.gone}</option>}
        {accounts.map((account) => (
          <option key={account.id} value={account.id}>
            {account.name}
          </option>
        ))}
      </select>
    </label>
  )
}
