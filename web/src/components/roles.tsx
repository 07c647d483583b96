import { CircleDashed, Crown, Eye, Network, ShieldCheck, type LucideIcon } from 'lucide-react'
import type { Role } from '@/api/types'
import { named, wordsOf } from '@/lib/named'
import { Mark } from './ui/Badge'

const WORDS: Record<Role, string> = { owner: 'owner', admin: 'admin', network_admin: 'network admin', viewer: 'viewer' }

export const ROLES: readonly Role[] = ['owner', 'admin', 'network_admin', 'viewer']

const ICONS: Record<Role, LucideIcon> = { owner: Crown, admin: ShieldCheck, network_admin: Network, viewer: Eye }

/** "network admin", within a sentence. */
export const roleWord = (role: Role): string => named(WORDS, role, (words) => words.toLowerCase())

export const roleTitle = (role: Role): string => wordsOf(roleWord(role))

export function RoleMark({ role }: { role: Role }) {
  return (
    <Mark tone={role === 'owner' || role === 'admin' ? 'accent' : 'muted'} icon={named(ICONS, role, () => CircleDashed)}>
      {roleTitle(role)}
    </Mark>
  )
}
