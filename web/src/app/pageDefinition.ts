import type { LucideIcon } from 'lucide-react'
import type { Permission } from '@/api/client'
import type { UserProfile } from '@/api/types'
import type { PageCode } from './pageCode'

/** Which list a page is in: the sidebar's, or the settings'. */
export type Menu = 'watch' | 'network' | 'access' | 'alerting' | 'workspace' | 'you' | 'tenant'

/**
 * A page of the frame. This is all that says so: router, sidebar, settings, palette, guard and header read it here, and
 * the tests of states are not complete without an entry for each.
 */
export interface PageDefinition {
  path: string
  /** In the header, the window's title, menus and the palette. */
  title: string
  parent?: string
  icon?: LucideIcon
  menu?: Menu
  permission?: Permission
  /** Who may not see it is told that they may not see this. */
  what?: string
  /** Other words that the palette finds it by. */
  words?: readonly string[]
  /** Whether it is of any use to somebody who may see it. */
  useful?: (user: UserProfile, host: { keepsMail: boolean }) => boolean
  /** `full-bleed`: to the edges of the window, and no footer. */
  layout?: 'full-bleed'
  /** The parameters of its address, by what an address says. */
  search?: (raw: Record<string, unknown>) => object
  code: PageCode
}
