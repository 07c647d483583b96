import { useNavigate } from '@tanstack/react-router'
import { LogOut, MonitorSmartphone, UserRound } from 'lucide-react'
import { session, useUser } from '@/api/client'
import { announceFailure } from '@/components/announcements'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@/components/ui/Menu'
import type { OnDemandProps } from '@/components/ui/OnDemand'
import { usePhone } from '@/lib/mediaQuery'
import { usePreferences, type Theme } from '@/lib/preferences'
import { texts as onDemand } from './onDemandTexts'
import { texts } from './texts'
import { THEMES } from './themes'

/** What whoever is signed in may do with their account. */
export default function UserMenuItems({ trigger }: OnDemandProps) {
  const user = useUser()
  const phone = usePhone()
  const navigate = useNavigate()
  const { theme, setTheme } = usePreferences()
  return (
    <Menu align="end" trigger={trigger}>
      <div className="px-2 py-1.5">
        <p className="text-13 font-semibold">{user.name}</p>
        <p className="text-12 text-text-3">{user.email}</p>
      </div>
      <MenuSeparator />
      {phone && (
        <>
          <MenuHeading>{texts.theme.label}</MenuHeading>
          <MenuChoice
            label={texts.theme.label}
            value={theme}
            onChange={(value) => setTheme(value as Theme)}
            options={THEMES}
          />
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={UserRound} onSelect={() => void navigate({ to: '/settings/profile' })}>
        {onDemand.userMenuItems.profile}
      </MenuItem>
      <MenuItem icon={MonitorSmartphone} onSelect={() => void navigate({ to: '/settings/sessions' })}>
        {onDemand.userMenuItems.sessions}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void session.signOut().catch(announceFailure)}>
        {onDemand.userMenuItems.signOut}
      </MenuItem>
    </Menu>
  )
}
