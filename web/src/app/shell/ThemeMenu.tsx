import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton } from '@/components/ui/Button'
import { Menu, MenuChoice } from '@/components/ui/Menu'
import { usePreferences, type Theme } from '@/lib/preferences'

const THEMES = [
  { value: 'system', label: 'Follow the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const

export function ThemeMenu() {
  const { theme, setTheme } = usePreferences()
  const icon = THEMES.find(({ value }) => value === theme)?.icon ?? Monitor
  return (
    <Menu align="end" trigger={<IconButton label="Theme" icon={icon} className="max-sm:hidden" />}>
      <MenuChoice label="Theme" value={theme} onChange={(value) => setTheme(value as Theme)} options={THEMES} />
    </Menu>
  )
}
