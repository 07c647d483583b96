import { useNavigate } from '@tanstack/react-router'
import { Network, Plus, RefreshCw } from 'lucide-react'
import { useCan } from '@/api/client'
import { hasSlug } from '@/api/problem'
import type { Account } from '@/api/types'
import { announce, announceFailure, announceWait } from '@/components/announcements'
import type { Command } from '@/components/commands'
import { useChooseAccount } from '@/components/useChooseAccount'
import { useAccounts, useSyncAccount } from '@/queries/accounts'
import { texts } from './texts'

/** The accounts that every page can be narrowed to, and their syncs. */
export function useAccountCommands(search: string): Command[] {
  const navigate = useNavigate()
  const { data: accounts = [] } = useAccounts(useCan('accounts:read'))
  const mayWrite = useCan('accounts:write')
  const maySync = useCan('accounts:sync')
  const choose = useChooseAccount()
  const sync = useSyncAccount()
  const start = ({ id, name }: Account) =>
    void sync.mutateAsync(id).then(
      () => announce(texts.commands.syncStarted({ name })),
      (error: unknown) => {
        if (hasSlug(error, 'rate-limited')) announceWait(texts.commands.syncedJustNow({ name }), error.retryAfter)
        else announceFailure(error)
      },
    )
  const found =
    search === ''
      ? []
      : accounts.flatMap((account): Command[] => {
          const { id, name, statusReason } = account
          return [
            ...(accounts.length > 1
              ? [
                  {
                    id: `account-${id}`,
                    group: 'Accounts' as const,
                    label: name,
                    note: texts.commands.showOnly,
                    icon: Network,
                    run: () => choose(id),
                  },
                ]
              : []),
            // What somebody paused is resumed by whoever may.
            ...(maySync && statusReason?.code !== 'paused_by_user'
              ? [{ id: `sync-${id}`, group: 'Actions' as const, label: texts.commands.sync({ name }), icon: RefreshCw, isAct: true, run: () => start(account) }]
              : []),
          ]
        })
  return mayWrite ? [...found, { id: 'connect', group: 'Actions', label: texts.commands.connect, icon: Plus, run: () => void navigate({ to: '/settings/accounts/connect' }) }] : found
}
