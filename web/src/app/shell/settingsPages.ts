import { Building2, KeyRound, LogIn, MonitorSmartphone, Network, ShieldCheck, Table2, UserRound, Users, type LucideIcon } from 'lucide-react'
import { useUser, type Permission } from '@/api/client'

interface SettingsPage {
  to:
    | '/settings/profile'
    | '/settings/security'
    | '/settings/sessions'
    | '/settings/tokens'
    | '/settings/tenant'
    | '/settings/members'
    | '/settings/roles'
    | '/settings/sso'
    | '/settings/accounts'
  label: string
  icon: LucideIcon
  permission?: Permission
  /** Of no use to those whose identity provider keeps their password. */
  passwordOnly?: boolean
}

const SECTIONS: readonly { label: string; pages: readonly SettingsPage[] }[] = [
  {
    label: 'You',
    pages: [
      { to: '/settings/profile', label: 'Profile', icon: UserRound },
      { to: '/settings/security', label: 'Security', icon: ShieldCheck, passwordOnly: true },
      { to: '/settings/sessions', label: 'Sessions', icon: MonitorSmartphone },
      { to: '/settings/tokens', label: 'API tokens', icon: KeyRound, permission: 'tokens:write' },
    ],
  },
  {
    label: 'This tenant',
    pages: [
      { to: '/settings/tenant', label: 'Tenant', icon: Building2, permission: 'tenant:read' },
      { to: '/settings/members', label: 'Members', icon: Users, permission: 'users:read' },
      { to: '/settings/roles', label: 'Roles', icon: Table2 },
      { to: '/settings/sso', label: 'Single sign-on', icon: LogIn, permission: 'sso:write' },
      { to: '/settings/accounts', label: 'NetBird accounts', icon: Network, permission: 'accounts:read' },
    ],
  },
]

/** The settings that this user may see. */
export function useSettingsPages() {
  const { permissions, signInMethod } = useUser()
  return SECTIONS.map(({ label, pages }) => ({
    label,
    pages: pages.filter(({ permission, passwordOnly }) => (!permission || permissions.includes(permission)) && !(passwordOnly && signInMethod === 'sso')),
  }))
}
