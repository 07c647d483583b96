import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { setClock, type ClockChoice } from './time'

export type Theme = 'system' | 'light' | 'dark'

/** A list's search, filters and order by a name. */
export interface SavedView {
  id: string
  name: string
  address: Readonly<Record<string, string | readonly string[]>>
}

interface Preferences {
  theme: Theme
  clock: ClockChoice
  sidebarCollapsed: boolean
  /** By list. */
  hiddenColumns: Readonly<Record<string, readonly string[]>>
  /** By user, tenant and list. */
  views: Readonly<Record<string, readonly SavedView[]>>
  setTheme: (theme: Theme) => void
  chooseClock: (clock: ClockChoice) => void
  toggleSidebar: () => void
  hideColumns: (list: string, ids: readonly string[]) => void
  keepViews: (of: string, views: readonly SavedView[]) => void
}

/** What the user chose about the app itself. `public/theme.js` reads the theme before the first paint. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      clock: 'locale',
      sidebarCollapsed: false,
      hiddenColumns: {},
      views: {},
      setTheme: (theme) => set({ theme }),
      chooseClock: (clock) => set({ clock }),
      toggleSidebar: () => set(({ sidebarCollapsed }) => ({ sidebarCollapsed: !sidebarCollapsed })),
      hideColumns: (list, ids) => set(({ hiddenColumns }) => ({ hiddenColumns: { ...hiddenColumns, [list]: ids } })),
      keepViews: (of, kept) => set(({ views }) => ({ views: { ...views, [of]: kept } })),
    }),
    { name: 'preferences' },
  ),
)

const systemDark = window.matchMedia('(prefers-color-scheme: dark)')

function applyTheme(): void {
  const { theme } = usePreferences.getState()
  const dark = theme === 'dark' || (theme === 'system' && systemDark.matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

const applyClock = (): void => setClock(usePreferences.getState().clock)

/** Keeps the page in the chosen theme, and its times on the chosen clock, while it is open. */
export function followPreferences(): void {
  applyTheme()
  applyClock()
  usePreferences.subscribe(applyTheme)
  usePreferences.subscribe(applyClock)
  systemDark.addEventListener('change', applyTheme)
}
