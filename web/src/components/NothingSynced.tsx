import { Link } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import { useAccounts } from '@/queries/accounts'
import { Empty } from './states'
import { texts } from './texts/failures'
import { buttonClass } from './ui/Button'

interface NothingSyncedProps {
  icon: LucideIcon
  title: string
  children: ReactNode
}

/** A list that syncs fill and that is empty; with no account to sync, connecting one is the next step. */
export function NothingSynced({ icon, title, children }: NothingSyncedProps) {
  const mayConnect = useCan('accounts:write')
  const { data: accounts } = useAccounts(useCan('accounts:read'))
  if (accounts?.length !== 0) {
    return (
      <Empty icon={icon} title={title}>
        {children}
      </Empty>
    )
  }
  return (
    <Empty
      icon={icon}
      title={title}
      action={
        mayConnect && (
          <Link to="/settings/accounts/connect" className={buttonClass('primary')}>
            {texts.nothingSynced.connect}
          </Link>
        )
      }
    >
      {texts.nothingSynced.none} {!mayConnect && texts.nothingSynced.notYou}
    </Empty>
  )
}
