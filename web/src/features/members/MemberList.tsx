import clsx from 'clsx'
import { CircleCheck, CircleDashed, CirclePause, Clock3, Crown, Ellipsis, LogOut, MailPlus, MailX, ShieldCheck, TriangleAlert, UserCog, UserRoundCheck, UserRoundX, type LucideIcon } from 'lucide-react'
import { useCan } from '@/api/client'
import type { PlatformUser } from '@/api/types'
import { useAccountLock } from '@/components/accountLock'
import { announce, announceFailure } from '@/components/announcements'
import { RoleMark } from '@/components/roles'
import { Ago } from '@/components/Time'
import { Badge, Mark, type Tone } from '@/components/ui/Badge'
import { IconButton } from '@/components/ui/Button'
import { Menu, MenuItem } from '@/components/ui/Menu'
import { named } from '@/lib/named'
import { useEverySecond } from '@/lib/ticker'
import { useResendInvitation, useUpdateMember } from '@/queries/members'
import { nameOf } from './MemberDialogs'

export type MemberAct = 'role' | 'deactivate' | 'remove' | 'transfer'

export const STATUS_WORDS = { active: 'Active', inactive: 'Deactivated', invited: 'Invited' } as const

interface StatusLook {
  tone: Tone
  icon: LucideIcon
}

const STATUS_LOOK: Record<PlatformUser['status'], StatusLook> = {
  active: { tone: 'ok', icon: CircleCheck },
  inactive: { tone: 'muted', icon: CirclePause },
  invited: { tone: 'info', icon: Clock3 },
}

function StatusMark({ member: { status, expiresAt } }: { member: PlatformUser }) {
  const expired = useEverySecond((now) => status === 'invited' && Boolean(expiresAt) && new Date(expiresAt ?? 0) < now)
  return expired ? (
    <Mark tone="warn" icon={TriangleAlert}>
      Invitation expired
    </Mark>
  ) : (
    <Mark {...named<StatusLook>(STATUS_LOOK, status, () => ({ tone: 'muted', icon: CircleDashed }))}>{named<string>(STATUS_WORDS, status, (words) => words)}</Mark>
  )
}

interface Choice {
  label: string
  icon: LucideIcon
  run: () => void
}

/** What the signed-in person may do with a member; the API decides the same again. */
function useChoices(member: PlatformUser, onAct: (act: MemberAct) => void): Choice[] {
  const lock = useAccountLock()
  const mayWrite = useCan('users:write')
  const mayTransfer = useCan('tenant:transfer')
  const update = useUpdateMember()
  const resend = useResendInvitation()
  const { status, isSelf, role, method } = member
  // Only owners touch owners.
  const allowed = mayWrite && (role !== 'owner' || mayTransfer)
  const name = nameOf(member)
  if (status === 'invited') {
    return allowed
      ? [
          { label: 'Send again', icon: MailPlus, run: () => resend.mutate(member.id, { onSuccess: () => announce(`A new invitation is on its way to ${member.email}.`), onError: announceFailure }) },
          { label: 'Change role', icon: UserCog, run: () => onAct('role') },
          { label: 'Revoke invitation', icon: MailX, run: () => onAct('remove') },
        ]
      : []
  }
  return [
    ...(allowed ? [{ label: 'Change role', icon: UserCog, run: () => onAct('role') }] : []),
    ...(mayTransfer && !isSelf && status === 'active' && role !== 'owner' && method !== 'sso' && lock === null
      ? [{ label: 'Transfer ownership', icon: Crown, run: () => onAct('transfer') }]
      : []),
    ...(allowed && !isSelf
      ? [
          status === 'active'
            ? { label: 'Deactivate', icon: UserRoundX, run: () => onAct('deactivate') }
            : { label: 'Reactivate', icon: UserRoundCheck, run: () => update.mutate({ id: member.id, active: true }, { onSuccess: () => announce(`${name} is active again.`), onError: announceFailure }) },
        ]
      : []),
    ...(allowed || isSelf ? [{ label: isSelf ? 'Leave this tenant' : 'Remove', icon: LogOut, run: () => onAct('remove') }] : []),
  ]
}

function Actions({ member, onAct }: { member: PlatformUser; onAct: (act: MemberAct) => void }) {
  const choices = useChoices(member, onAct)
  if (choices.length === 0) return null
  return (
    <Menu align="end" trigger={<IconButton label={`Actions for ${nameOf(member)}`} icon={Ellipsis} />}>
      {choices.map(({ label, icon, run }) => (
        <MenuItem key={label} icon={icon} onSelect={run}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}

function Row({ member, onAct }: { member: PlatformUser; onAct: (act: MemberAct) => void }) {
  const { email, name, role, status, isSelf, secondFactor, method, lastLogin, invitedBy, expiresAt } = member
  return (
    <tr className="border-t border-line hover:bg-surface-2 max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:px-4 max-md:py-2.5 max-md:first:border-t-0">
      <td className="min-w-0 md:py-2 md:pl-4">
        <p className="flex items-center gap-2">
          <span className="truncate text-14 font-semibold">{name || email}</span>
          {isSelf && <Badge tone="muted">you</Badge>}
        </p>
        {name && <p className="truncate text-12 text-text-3">{email}</p>}
      </td>
      <td className="text-13 max-md:col-start-1 max-md:row-start-2 md:px-3">
        <span className="flex flex-wrap gap-x-3 max-md:mt-1">
          <RoleMark role={role} />
          <span className="md:hidden">
            <StatusMark member={member} />
          </span>
        </span>
      </td>
      <td className="px-3 text-13 max-md:hidden">
        <StatusMark member={member} />
      </td>
      <td className="px-3 text-13 max-lg:hidden">
        {method === 'sso' ? (
          <span className="text-text-3">SSO</span>
        ) : secondFactor ? (
          <Mark tone="ok" icon={ShieldCheck}>
            Second factor
          </Mark>
        ) : (
          status !== 'invited' && <span className="text-text-3">Password</span>
        )}
      </td>
      <td className="text-text-3 max-md:col-start-1 max-md:text-12 md:px-3 md:py-2 md:text-13">
        {status === 'invited' ? (
          <>
            {invitedBy && `by ${invitedBy}, `}
            {expiresAt && (
              <>
                ends <Ago at={expiresAt} />
              </>
            )}
          </>
        ) : lastLogin ? (
          <>
            <span className="md:hidden">Signed in </span>
            <Ago at={lastLogin} />
          </>
        ) : (
          'never signed in'
        )}
      </td>
      <td className="text-right max-md:col-start-2 max-md:row-span-2 max-md:row-start-1 md:pr-2">
        <Actions member={member} onAct={onAct} />
      </td>
    </tr>
  )
}

interface MemberListProps {
  members: readonly PlatformUser[]
  fading: boolean
  onAct: (act: MemberAct, member: PlatformUser) => void
}

/** A table, and on narrow windows a card for each member. */
export function MemberList({ members, fading, onAct }: MemberListProps) {
  return (
    <table aria-label="Members" className={clsx('w-full max-md:block md:table-fixed', fading && 'opacity-60')}>
      <thead className="max-md:sr-only">
        <tr className="row-h text-left text-12 text-text-3">
          <th scope="col" className="pl-4 font-normal">
            Name
          </th>
          <th scope="col" className="w-36 px-3 font-normal">
            Role
          </th>
          <th scope="col" className="w-44 px-3 font-normal">
            Status
          </th>
          <th scope="col" className="w-40 px-3 font-normal max-lg:hidden">
            Signs in with
          </th>
          <th scope="col" className="w-40 px-3 font-normal">
            Last sign-in
          </th>
          <th scope="col" className="w-12">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {members.map((member) => (
          <Row key={member.id} member={member} onAct={(act) => onAct(act, member)} />
        ))}
      </tbody>
    </table>
  )
}
