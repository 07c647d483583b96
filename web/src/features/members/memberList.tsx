import { CircleCheck, CircleDashed, CirclePause, Clock3, Crown, Ellipsis, LogOut, MailPlus, MailX, ShieldCheck, TriangleAlert, UserCog, UserRoundCheck, UserRoundX, type LucideIcon } from 'lucide-react'
import { useCan } from '@/api/client'
import type { PlatformUser } from '@/api/types'
import { useAccountLock } from '@/components/accountLock'
import { announce, announceFailure } from '@/components/announcements'
import type { ListDefinition } from '@/components/list/definition'
import { RoleMark, ROLES, roleTitle } from '@/components/roles'
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

export function Actions({ member, onAct }: { member: PlatformUser; onAct: (act: MemberAct) => void }) {
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

function SignsInWith({ member: { method, secondFactor, status } }: { member: PlatformUser }) {
  if (method === 'sso') return <span className="text-text-3">SSO</span>
  if (!secondFactor) return status === 'invited' ? null : <span className="text-text-3">Password</span>
  return (
    <Mark tone="ok" icon={ShieldCheck}>
      Second factor
    </Mark>
  )
}

function InvitationEnd({ at, by }: { at: string; by: string | null | undefined }) {
  const word = useEverySecond((now) => (new Date(at) < now ? 'ended' : 'ends'))
  return (
    <span title={by ? `Invited by ${by}` : undefined}>
      {word} <Ago at={at} />
    </span>
  )
}

function LastSignIn({ member: { status, lastLogin, invitedBy, expiresAt } }: { member: PlatformUser }) {
  if (status === 'invited') return expiresAt && <InvitationEnd at={expiresAt} by={invitedBy} />
  return lastLogin ? <Ago at={lastLogin} /> : 'never signed in'
}

const statusWord = (status: string): string => named<string>(STATUS_WORDS, status, (words) => words)

/** Members and those who are invited. */
export const memberList = (onAct: (act: MemberAct, member: PlatformUser) => void): ListDefinition<PlatformUser> => ({
  id: 'members',
  label: 'Members',
  one: 'member',
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    title: 'Name',
    letters: 24,
    fewest: 22,
    text: ({ name, email }) => name || email,
    cell: ({ name, email, isSelf }) => (
      <>
        <span className="font-semibold">{name || email}</span>
        {isSelf && (
          <Badge tone="muted" className="ml-2 h-5">
            you
          </Badge>
        )}
      </>
    ),
    below: ({ name, email }) => (name ? email : 'Has not joined yet'),
  },
  columns: [
    { id: 'role', title: 'Role', width: 164, priority: 9, card: 'below', text: ({ role }) => roleTitle(role), cell: ({ role }) => <RoleMark role={role} /> },
    { id: 'status', title: 'Status', width: 176, priority: 8, card: 'below', text: ({ status }) => statusWord(status), cell: (member) => <StatusMark member={member} /> },
    { id: 'method', title: 'Signs in with', width: 148, priority: 4, text: ({ method, secondFactor }) => (method === 'sso' ? 'SSO' : secondFactor ? 'Second factor' : 'Password'), cell: (member) => <SignsInWith member={member} /> },
    {
      id: 'lastLogin',
      title: 'Last sign-in',
      width: 140,
      priority: 6,
      text: ({ lastLogin }) => lastLogin ?? '',
      cell: (member) => (
        <span className="text-text-3">
          <LastSignIn member={member} />
        </span>
      ),
    },
  ],
  more: [
    { title: 'Email', text: ({ email }) => email },
    { title: 'Invited by', text: ({ invitedBy }) => invitedBy ?? '' },
  ],
  filters: [
    { id: 'role', title: 'Role', several: true, options: ROLES.map((value) => ({ value, label: roleTitle(value) })) },
    { id: 'status', title: 'Status', several: true, options: Object.entries(STATUS_WORDS).map(([value, label]) => ({ value, label })) },
  ],
  searches: 'Name, email',
  actions: { width: 60, card: 'beside', cell: (member) => <Actions member={member} onAct={(act) => onAct(act, member)} /> },
})
