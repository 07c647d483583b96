import { useNavigate } from '@tanstack/react-router'
import { LogOut, Monitor, MonitorSmartphone, Moon, Sun, UserRound } from 'lucide-react'
import { session, useUser } from '@/api/client'
import { announceFailure } from '@/components/announcements'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '@/components/ui/Menu'
import { usePhone } from '@/lib/mediaQuery'
import { usePreferences, type Theme } from '@/lib/preferences'

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return ((words[0]?.charAt(0) ?? '') + (words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '')).toUpperCase()
}

export function UserMenu() {
  const user = useUser()
  const phone = usePhone()
  const navigate = useNavigate()
  const { theme, setTheme } = usePreferences()
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          title={user.email}
          className="flex size-7.5 shrink-0 items-center justify-center rounded-full border border-line text-12 hover:bg-surface-2 touch:size-10"
        >
          {initials(user.name)}
          <span className="sr-only">: signed in as {user.name}</span>
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="text-13 font-semibold">{user.name}</p>
        <p className="text-12 text-text-3">{user.email}</p>
      </div>
      <MenuSeparator />
      {phone && (
        <>
          <MenuHeading>Theme</MenuHeading>
          <MenuChoice
            label="Theme"
            value={theme}
            onChange={(value) => setTheme(value as Theme)}
            options={[
              { value: 'system', label: 'Follow the system', icon: Monitor },
              { value: 'light', label: 'Light', icon: Sun },
              { value: 'dark', label: 'Dark', icon: Moon },
            ]}
          />
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={UserRound} onSelect={() => void navigate({ to: '/settings/profile' })}>
        Profile
      </MenuItem>
      <MenuItem icon={MonitorSmartphone} onSelect={() => void navigate({ to: '/settings/sessions' })}>
        Sessions
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void session.signOut().catch(announceFailure)}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
