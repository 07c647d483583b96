import { Menu, MenuChoice } from '@/components/ui/Menu'
import type { OnDemandProps } from '@/components/ui/OnDemand'
import { usePreferences, type Theme } from '@/lib/preferences'
import { texts } from './texts'
import { THEMES } from './themes'

export default function ThemeMenuItems({ trigger }: OnDemandProps) {
  const { theme, setTheme } = usePreferences()
  return (
    <Menu align="end" trigger={trigger}>
      <MenuChoice label={texts.theme.label} value={theme} onChange={(value) => setTheme(value as Theme)} options={THEMES} />
    </Menu>
  )
}
