import { CircleCheck, CircleSlash, Hourglass, MailQuestion } from 'lucide-react'
import type { NetbirdUser } from '@/api/types'
import { Mark } from '@/components/ui/Badge'
import { wordsOf } from '@/lib/named'
import { texts } from './texts'

export const STATUSES = [
  { value: 'active', label: texts.users.active, tone: 'ok', icon: CircleCheck },
  { value: 'invited', label: texts.users.invited, tone: 'info', icon: MailQuestion },
  { value: 'blocked', label: texts.users.blocked, tone: 'bad', icon: CircleSlash },
] as const

export const ROLES = ['owner', 'admin', 'network_admin', 'billing_admin', 'auditor', 'user'] as const

/** What keeps somebody out comes before what NetBird calls their status. */
export function Status({ user }: { user: NetbirdUser }) {
  if (user.isBlocked) {
    return (
      <Mark tone="bad" icon={CircleSlash} className="align-middle">
        {texts.users.blocked}
      </Mark>
    )
  }
  if (user.pendingApproval) {
    return (
      <Mark tone="info" icon={Hourglass} className="align-middle">
        {texts.users.pending}
      </Mark>
    )
  }
  const known = STATUSES.find(({ value }) => value === user.status)
  return (
    <Mark tone={known?.tone ?? 'muted'} {...(known && { icon: known.icon })} className="align-middle">
      {known?.label ?? wordsOf(user.status)}
    </Mark>
  )
}

export const userName = ({ name, email, id }: NetbirdUser): string => name || email || id
