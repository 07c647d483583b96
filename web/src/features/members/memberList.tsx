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
import { texts } from './texts'

export type MemberAct = 'role' | 'deactivate' | 'remove' | 'transfer'

export const STATUS_WORDS = { active: texts.statusWords.active, inactive: texts.statusWords.inactive, invited: texts.statusWords.invited } as const

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
      {texts.statusMark.invitationExpired}
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
          { label: texts.useChoices.sendAgain, icon: MailPlus, run: () => resend.mutate(member.id, { onSuccess: () => announce(texts.useChoices.newInvitationOnIts({ email: member.email })), onError: announceFailure }) },
          { label: texts.useChoices.changeRole, icon: UserCog, run: () => onAct('role') },
          { label: texts.useChoices.revokeInvitation, icon: MailX, run: () => onAct('remove') },
        ]
      : []
  }
  return [
    ...(allowed ? [{ label: texts.useChoices.changeRole, icon: UserCog, run: () => onAct('role') }] : []),
    ...(mayTransfer && !isSelf && status === 'active' && role !== 'owner' && method !== 'sso' && lock === null
      ? [{ label: texts.useChoices.transferOwnership, icon: Crown, run: () => onAct('transfer') }]
      : []),
    ...(allowed && !isSelf
      ? [
          status === 'active'
            ? { label: texts.useChoices.deactivate, icon: UserRoundX, run: () => onAct('deactivate') }
            : { label: texts.useChoices.reactivate, icon: UserRoundCheck, run: () => update.mutate({ id: member.id, active: true }, { onSuccess: () => announce(texts.useChoices.activeAgain({ name })), onError: announceFailure }) },
        ]
      : []),
    ...(allowed || isSelf ? [{ label: isSelf ? texts.useChoices.leaveTenant : texts.useChoices.remove, icon: LogOut, run: () => onAct('remove') }] : []),
  ]
}

export function Actions({ member, onAct }: { member: PlatformUser; onAct: (act: MemberAct) => void }) {
  const choices = useChoices(member, onAct)
  if (choices.length === 0) return null
  return (
    <Menu align="end" trigger={<IconButton label={texts.actions.actionsFor({ name: nameOf(member) })} icon={Ellipsis} />}>
      {choices.map(({ label, icon, run }) => (
        <MenuItem key={label} icon={icon} onSelect={run}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}

function SignsInWith({ member: { method, secondFactor, status } }: { member: PlatformUser }) {
  if (method === 'sso') return <span className="text-text-3">{texts.signsInWith.sso}</span>
  if (!secondFactor) return status === 'invited' ? null : <span className="text-text-3">{texts.signsInWith.password}</span>
  return (
    <Mark tone="ok" icon={ShieldCheck}>
      {texts.signsInWith.secondFactor}
    </Mark>
  )
}

function InvitationEnd({ at, by }: { at: string; by: string | null | undefined }) {
  const word = useEverySecond((now) => (new Date(at) < now ? 'ended' : 'ends'))
  return (
    <span title={by ? texts.invitationEnd.invitedBy({ by }) : undefined}>
      {word} <Ago at={at} />
    </span>
  )
}

function LastSignIn({ member: { status, lastLogin, invitedBy, expiresAt } }: { member: PlatformUser }) {
  if (status === 'invited') return expiresAt && <InvitationEnd at={expiresAt} by={invitedBy} />
  return lastLogin ? <Ago at={lastLogin} /> : texts.lastSignIn.neverSignedIn
}

const statusWord = (status: string): string => named<string>(STATUS_WORDS, status, (words) => words)

/** Members and those who are invited. */
export const memberList = (onAct: (act: MemberAct, member: PlatformUser) => void): ListDefinition<PlatformUser> => ({
  id: 'members',
  label: texts.memberList.members,
  one: texts.memberList.member,
  idOf: ({ id }) => id,
  name: {
    id: 'name',
    sort: 'name',
    title: texts.memberList.name,
    letters: 24,
    fewest: 22,
    text: ({ name, email }) => name || email,
    cell: ({ name, email, isSelf }) => (
      <>
        <span className="font-semibold">{name || email}</span>
        {isSelf && (
          <Badge tone="muted" className="ml-2 h-5">
            {texts.memberList.you}
          </Badge>
        )}
      </>
    ),
    below: ({ name, email }) => (name ? email : texts.memberList.hasNotJoinedYet),
  },
  columns: [
    { id: 'role', sort: 'role', title: texts.memberList.role, width: 164, priority: 9, card: 'below', text: ({ role }) => roleTitle(role), cell: ({ role }) => <RoleMark role={role} /> },
    { id: 'status', sort: 'status', title: texts.memberList.status, width: 176, priority: 8, card: 'below', text: ({ status }) => statusWord(status), cell: (member) => <StatusMark member={member} /> },
    { id: 'method', title: texts.memberList.signsInWith, width: 148, priority: 4, text: ({ method, secondFactor }) => (method === 'sso' ? 'SSO' : secondFactor ? texts.memberList.secondFactor : texts.memberList.password), cell: (member) => <SignsInWith member={member} /> },
    {
      id: 'lastLogin',
      title: texts.memberList.lastSignIn,
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
    { title: texts.memberList.email, text: ({ email }) => email },
    { title: texts.memberList.invitedBy, text: ({ invitedBy }) => invitedBy ?? '' },
  ],
  filters: [
    { id: 'role', title: texts.memberList.role, several: true, options: ROLES.map((value) => ({ value, label: roleTitle(value) })) },
    { id: 'status', title: texts.memberList.status, several: true, options: Object.entries(STATUS_WORDS).map(([value, label]) => ({ value, label })) },
  ],
  searches: texts.memberList.nameEmail,
  actions: { width: 60, card: 'beside', cell: (member) => <Actions member={member} onAct={(act) => onAct(act, member)} /> },
})
