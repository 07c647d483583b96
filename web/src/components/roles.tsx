import { Crown, Eye, Network, ShieldCheck, type LucideIcon } from 'lucide-react'
import type { Role } from '@/api/types'
import { Mark } from './ui/Badge'

export const ROLE_WORDS: Record<Role, string> = { owner: 'owner', admin: 'admin', network_admin: 'network admin', viewer: 'viewer' }

export const ROLES: readonly Role[] = ['owner', 'admin', 'network_admin', 'viewer']

const ICONS: Record<Role, LucideIcon> = { owner: Crown, admin: ShieldCheck, network_admin: Network, viewer: Eye }

export const roleTitle = (role: Role): string => ROLE_WORDS[role].charAt(0).toUpperCase() + ROLE_WORDS[role].slice(1)

export function RoleMark({ role }: { role: Role }) {
  return (
    <Mark tone={role === 'owner' || role === 'admin' ? 'accent' : 'muted'} icon={ICONS[role]}>
      {roleTitle(role)}
    </Mark>
  )
}
