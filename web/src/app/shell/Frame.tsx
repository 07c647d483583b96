import { QueryClientProvider } from '@tanstack/react-query'
import { getRouteApi, Outlet, useLocation, useMatches, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { useCan, useSession, useUser } from '@/api/client'
import { scopeOf } from '@/api/session'
import { useAccountFilter } from '@/components/accountFilter'
import { usePageNameStore } from '@/components/pageName'
import { PageSkeleton } from '@/components/Skeleton'
import { NotAllowed } from '@/components/states'
import { part } from '@/components/ui/part'
import { useShortcuts } from '@/lib/shortcuts'
import { useAccounts } from '@/queries/accounts'
import { clientOf } from '@/queries/client'
import { useOverview } from '@/queries/overview'
import { NotYourTenant } from '../NotYourTenant'
import { ConnectionBanner } from './ConnectionBanner'
import { Footer } from './Footer'
import { Header, usePage } from './Header'
import { LeaveGuard } from './LeaveGuard'
import { Sidebar } from './Sidebar'
import { texts } from './texts'

const NavigationDrawer = part(() => import('./NavigationDrawer'), { close: ({ onOpenChange }) => onOpenChange(false) })
const CommandPalette = part(() => import('../palette/CommandPalette'), { close: ({ onOpenChange }) => onOpenChange(false) })
const ShortcutHelp = part(() => import('../palette/ShortcutHelp'), { close: ({ onOpenChange }) => onOpenChange(false) })
const SignInAgain = part(() => import('@/features/sign-in/SignInAgain'), {})

type Overlay = 'navigation' | 'palette' | 'help'

const route = getRouteApi('/frame')

/** The window's title and icon tell from another tab whether anything is wrong. */
function useWindowTitle(): void {
  const { title } = usePage()
  const { name } = usePageNameStore()
  const open = useOverview(useCan('dashboard:read')).data?.openAlerts.total ?? 0
  useEffect(() => {
    document.title = texts.page.title({ page: name ?? title ?? texts.page.overview, open })
  }, [title, name, open])
  const isBad = open > 0
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', isBad ? '/favicon-alert.svg' : '/favicon.svg')
  }, [isBad])
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

/** An account in the address that there is not, which no page may be narrowed to: dropped once that is known. */
function useKnownAccount(): 'known' | 'waiting' {
  const chosen = useAccountFilter()
  const accounts = useAccounts(useCan('accounts:read') && chosen !== undefined)
  const navigate = useNavigate()
  const missing = chosen !== undefined && accounts.data !== undefined && !accounts.data.some(({ id }) => id === chosen)
  useEffect(() => {
    if (missing) void navigate({ to: '.', search: (before: object) => ({ ...before, account: undefined }), replace: true } as Parameters<typeof navigate>[0])
  }, [missing, navigate])
  return missing || (chosen !== undefined && accounts.isLoading) ? 'waiting' : 'known'
}

/** The page at the address, for those who may see it. */
function Page() {
  const account = useKnownAccount()
  const { isTheirs } = route.useRouteContext()
  const { permissions } = useUser()
  const hidden = useMatches({ select: (matches) => matches.map(({ staticData }) => staticData).find(({ permission }) => permission && !permissions.includes(permission)) })
  if (!isTheirs) return <NotYourTenant />
  if (account === 'waiting') {
    return (
      <div aria-busy="true">
        <p role="status" className="sr-only">
          {texts.page.loading}
        </p>
        <div aria-hidden>
          <PageSkeleton rows={8} />
        </div>
      </div>
    )
  }
  return hidden ? <NotAllowed what={hidden.what ?? texts.page.this} permission={hidden.permission} /> : <Outlet />
}

function SignedInFrame() {
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const { layout } = usePage()
  const main = usePageFocus()
  const ended = useSession().status === 'ended'
  useWindowTitle()
  useShortcuts({ 'mod+k': () => setOverlay('palette'), '?': () => setOverlay('help') })
  const openState = (which: Overlay) => ({
    open: overlay === which,
    onOpenChange: (open: boolean) => setOverlay(open ? which : null),
  })
  const fullBleed = layout === 'full-bleed'
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-13 text-on-accent focus:translate-y-0"
      >
        {texts.page.skip}
      </a>
      <Sidebar />
      <div className="flex min-w-0 flex-1 flex-col">
        <Header onOpenNavigation={() => setOverlay('navigation')} onOpenPalette={() => setOverlay('palette')} />
        <ConnectionBanner />
        <main id="main" ref={main} tabIndex={-1} className={clsx('w-full outline-none', fullBleed ? 'flex min-h-0 flex-1 flex-col' : 'max-w-[1600px] p-3 md:p-5')}>
          <Page />
        </main>
        {!fullBleed && <Footer />}
      </div>
      <LeaveGuard />
      {overlay === 'navigation' && <NavigationDrawer {...openState('navigation')} />}
      {overlay === 'palette' && <CommandPalette {...openState('palette')} onHelp={() => setOverlay('help')} />}
      {overlay === 'help' && <ShortcutHelp {...openState('help')} />}
      {ended && <SignInAgain />}
    </div>
  )
}

export function Frame() {
  // Between a sign-out and the redirect that follows there is one render with nobody signed in.
  const state = useSession()
  if (!('user' in state)) return null
  const scope = scopeOf(state)
  // Another tenant's page, and another user's, starts over: no dialog, draft or answer of the one before stays.
  return (
    <QueryClientProvider key={scope} client={clientOf(scope)}>
      <SignedInFrame />
    </QueryClientProvider>
  )
}
