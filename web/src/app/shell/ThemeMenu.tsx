import { Monitor } from 'lucide-react'
import { IconButton } from '@/components/ui/Button'
import { OnDemand } from '@/components/ui/OnDemand'
import { usePreferences } from '@/lib/preferences'
import { texts } from './texts'
import { THEMES } from './themes'

const items = () => import('./ThemeMenuItems')

export function ThemeMenu() {
  const { theme } = usePreferences()
  const icon = THEMES.find(({ value }) => value === theme)?.icon ?? Monitor
  return <OnDemand kind="menu" load={items} rest={{}} trigger={<IconButton label={texts.theme.label} icon={icon} className="max-sm:hidden" />} />
}
