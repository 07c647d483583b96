import { useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut, MonitorSmartphone, Moon, Sun } from 'lucide-react'
import { session } from '@/api/client'
import { announceFailure } from '@/components/announcements'
import type { Command } from '@/components/commands'
import { useAccountCommands } from '@/features/accounts/commands'
import { useAlertCommands } from '@/features/alerts/commands'
import { useMemberCommands } from '@/features/members/commands'
import { usePeerCommands } from '@/features/peers/commands'
import { useRuleCommands } from '@/features/rules/commands'
import { usePreferences } from '@/lib/preferences'
import type { Menu } from '../pageDefinition'
import { useMenu } from '../useMenu'
import { texts } from './texts'

const THEMES = [
  { theme: 'light', icon: Sun },
  { theme: 'dark', icon: Moon },
  { theme: 'system', icon: MonitorSmartphone },
] as const

const MENUS: readonly Menu[] = ['watch', 'network', 'access', 'alerting', 'workspace', 'you', 'tenant']

/** What the features register: a hook of each, asked with what is typed. A feature with something to add is named here, and nowhere else. */
function useFeatureCommands(search: string): Command[] {
  const registered = [usePeerCommands(search), useAlertCommands(), useRuleCommands(search), useAccountCommands(search), useMemberCommands()]
  return registered.flat()
}

/** All that the palette may show, whatever is typed. */
export function useCommands(search: string, onHelp: () => void): Command[] {
  const navigate = useNavigate()
  const menu = useMenu()
  const features = useFeatureCommands(search)
  const pages = MENUS.flatMap(menu).map(({ path, title, icon, words }): Command => ({ id: `page-${path}`, group: 'Pages', label: title, words, icon, run: () => void navigate({ to: path }) }))
  const themes = THEMES.map(
    ({ theme, icon }): Command => ({ id: `theme-${theme}`, group: 'Actions', label: texts.themes[theme], words: texts.themeWords, icon, run: () => usePreferences.getState().setTheme(theme) }),
  )
  return [
    ...pages,
    ...features,
    ...themes,
    { id: 'keys', group: 'Actions', label: texts.keys, icon: Keyboard, run: onHelp },
    { id: 'sign-out', group: 'Actions', label: texts.signOut, icon: LogOut, run: () => void session.signOut().catch(announceFailure) },
  ]
}
