import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useCan, useSession } from '@/api/client'
import { Sheet } from '@/components/ui/Dialog'
import { useShortcuts } from '@/lib/shortcuts'
import { useOverview } from '@/queries/overview'
import { AccountPicker } from './AccountPicker'
import { Footer } from './Footer'
import { Header, usePageTitle } from './Header'
import { Navigation, Sidebar } from './Sidebar'

const CommandPalette = lazy(() => import('../palette/CommandPalette'))
const ShortcutHelp = lazy(() => import('../palette/ShortcutHelp'))

type Overlay = 'navigation' | 'palette' | 'help'

/** The window's title tells from another tab whether anything is wrong. */
function useWindowTitle(): void {
  const { title } = usePageTitle()
  const open = useOverview(useCan('dashboard:read')).data?.openAlerts.total ?? 0
  useEffect(() => {
    document.title = `${open > 0 ? `(${open}) ` : ''}${title ?? 'Overview'} · NetBird platform`
  }, [title, open])
}

/** A new page starts at its beginning for keyboards and screen readers too. */
function usePageFocus() {
  const main = useRef<HTMLElement>(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true })
    shown.current = pathname
  }, [pathname])
  return main
}

function SignedInFrame() {
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const main = usePageFocus()
  useWindowTitle()
  useShortcuts({ 'mod+k': () => setOverlay('palette'), '?': () => setOverlay('help') })
  const openState = (which: Overlay) => ({
    open: overlay === which,
    onOpenChange: (open: boolean) => setOverlay(open ? which : null),
  })
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-13 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <Sidebar />
      <div className="flex min-w-0 flex-1 flex-col">
        <Header onOpenNavigation={() => setOverlay('navigation')} onOpenPalette={() => setOverlay('palette')} />
        <main id="main" ref={main} tabIndex={-1} className="w-full max-w-[1600px] p-3 outline-none md:p-5">
          <Outlet />
        </main>
        <Footer />
      </div>
      <Sheet {...openState('navigation')} title="Navigation" side="left">
        <Navigation picker={<AccountPicker />} onNavigate={() => setOverlay(null)} />
      </Sheet>
      <Suspense>
        {overlay === 'palette' && <CommandPalette {...openState('palette')} onHelp={() => setOverlay('help')} />}
        {overlay === 'help' && <ShortcutHelp {...openState('help')} />}
      </Suspense>
    </div>
  )
}

export function Frame() {
  // Between a sign-out and the redirect that follows there is one render with nobody signed in.
  const state = useSession()
  // Another tenant's page starts over: no dialog or draft of the one before stays.
  return state.status === 'signed-in' ? <SignedInFrame key={state.user.tenantId} /> : null
}
