import { useQuery } from '@tanstack/react-query'
import type { LucideIcon } from 'lucide-react'
import { useUser } from '@/api/client'
import { keptMailsQuery } from '@/queries/host'
import type { Menu, PageDefinition } from './pageDefinition'
import { ALL_PAGES, type PlainPath } from './pages'

export interface MenuPage extends PageDefinition {
  path: PlainPath
  icon: LucideIcon
  menu: Menu
}

const isListed = (page: PageDefinition): page is MenuPage => page.menu !== undefined && page.icon !== undefined

const LISTED = ALL_PAGES.filter(isListed)

/** The pages that this user finds in menus; what a role may not see is not there. */
export function useMenu(): (menu: Menu) => MenuPage[] {
  const user = useUser()
  const keepsMail = Boolean(useQuery(keptMailsQuery).data)
  const found = LISTED.filter(
    ({ permission, useful }) => (!permission || user.permissions.includes(permission)) && (useful?.(user, { keepsMail }) ?? true),
  )
  return (menu) => found.filter((page) => page.menu === menu)
}
