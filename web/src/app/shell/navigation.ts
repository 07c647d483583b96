import type { LinkProps } from '@tanstack/react-router'
import { Bell, LayoutGrid, List, Mail, Monitor, Settings, SlidersHorizontal, type LucideIcon } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import { useUser, type Permission } from '@/api/client'
import { keptMailsQuery } from '@/queries/host'

export interface Destination {
  to: NonNullable<LinkProps['to']>
  label: string
  icon: LucideIcon
  permission?: Permission
}

interface Section {
  label?: string
  items: Destination[]
}

const SECTIONS: Section[] = [
  {
    items: [
      { to: '/', label: 'Overview', icon: LayoutGrid, permission: 'dashboard:read' },
      { to: '/alerts', label: 'Alerts', icon: Bell, permission: 'alerts:read' },
      { to: '/peers', label: 'Peers', icon: Monitor, permission: 'netbird:read' },
      { to: '/events', label: 'Events', icon: List, permission: 'netbird:read' },
    ],
  },
  { label: 'Alerting', items: [{ to: '/rules', label: 'Rules', icon: SlidersHorizontal, permission: 'rules:read' }] },
  { label: 'Workspace', items: [{ to: '/settings', label: 'Settings', icon: Settings }] },
]

const MAIL: Destination = { to: '/settings/mail', label: 'Mail', icon: Mail }

/** Where this user may go; what a role may not see is not there. */
export function useNavigation(): Section[] {
  const { permissions } = useUser()
  const keepsMail = Boolean(useQuery(keptMailsQuery).data)
  return SECTIONS.map((section) => ({
    ...section,
    items: [
      ...section.items.filter(({ permission }) => !permission || permissions.includes(permission)),
      ...(keepsMail && section.label === 'Workspace' ? [MAIL] : []),
    ],
  })).filter(({ items }) => items.length > 0)
}
