import { Link, useLocation } from '@tanstack/react-router'
import clsx from 'clsx'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCan } from '@/api/client'
import { grouped } from '@/lib/numbers'
import { usePreferences } from '@/lib/preferences'
import { useOverview } from '@/queries/overview'
import type { PlainPath } from '../pages'
import { useMenu } from '../useMenu'
import { TenantMenu } from './TenantMenu'
import { texts } from './texts'

function useCounts(): Partial<Record<PlainPath, { text: string; said: string; urgent: boolean }>> {
  const { data } = useOverview(useCan('dashboard:read'))
  if (!data) return {}
  const open = data.openAlerts.total
  return {
    ...(open > 0 && { '/alerts': { text: grouped(open), said: texts.counts.open({ count: open }), urgent: true } }),
    ...(typeof data.totalPeers === 'number' && {
      '/peers': { text: grouped(data.totalPeers), said: texts.counts.peers({ count: data.totalPeers }), urgent: false },
    }),
  }
}

const SECTIONS = [
  { label: undefined, of: 'watch' },
  { label: texts.sections.network, of: 'network' },
  { label: texts.sections.accessRouting, of: 'access' },
  { label: texts.sections.alerting, of: 'alerting' },
  { label: texts.sections.workspace, of: 'workspace' },
] as const

interface NavigationProps {
  collapsed?: boolean
  /** The account picker, where the header has no room for it. */
  picker?: ReactNode
  onNavigate?: () => void
}

export function Navigation({ collapsed = false, picker, onNavigate }: NavigationProps) {
  const menu = useMenu()
  const sections = SECTIONS.map(({ label, of }) => ({ label, pages: menu(of) })).filter(({ pages }) => pages.length > 0)
  const counts = useCounts()
  const pathname = useLocation({ select: (location) => location.pathname })
  const [present] = sections
    .flatMap(({ pages }) => pages.map(({ path }) => path))
    .filter((to) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`)))
    .sort((one, other) => other.length - one.length)
  return (
    <>
      <TenantMenu collapsed={collapsed} onNavigate={onNavigate} />
      {picker && <div className="px-4.5 pb-3 sm:hidden">{picker}</div>}
      <nav aria-label={texts.sidebar.main} className="flex-1 overflow-y-auto px-2.5 py-1">
        {sections.map(({ label, pages }) => (
          <div key={label ?? 'watch'}>
            {label && (collapsed ? <hr className="mx-2 my-3 border-line" /> : <h2 className="px-2 pt-5 pb-2 text-12 text-text-3">{label}</h2>)}
            <ul className="flex flex-col gap-0.5">
              {pages.map(({ path: to, title: name, icon: Icon }) => {
                const count = counts[to]
                return (
                  <li key={to}>
                    <Link
                      to={to}
                      // Of two that fit, as settings and a page of theirs, the longer one is meant.
                      aria-current={to === present ? 'page' : undefined}
                      activeOptions={{ exact: true, includeSearch: false }}
                      activeProps={{}}
                      title={collapsed ? name : undefined}
                      onClick={onNavigate}
                      className={clsx(
                        'relative flex h-8 items-center gap-2.5 rounded-md text-14 touch:h-11',
                        collapsed ? 'justify-center' : 'px-2',
                        to === present ? 'bg-surface-2 font-semibold text-text-1' : 'text-text-2 hover:bg-surface-2 hover:text-text-1',
                      )}
                    >
                      <Icon aria-hidden className="size-4 shrink-0" />
                      <span className={collapsed ? 'sr-only' : 'flex-1'}>{name}</span>
                      {count && (
                        <>
                          <span className="sr-only">({count.said})</span>
                          <span
                            aria-hidden
                            className={clsx(
                              'text-12 font-normal',
                              count.urgent ? 'rounded-full bg-bad-soft px-2 font-semibold text-bad-text' : 'text-text-3',
                              collapsed && (count.urgent ? 'absolute -top-0.5 -right-1 px-1.5' : 'hidden'),
                            )}
                          >
                            {count.text}
                          </span>
                        </>
                      )}
                    </Link>
                  </li>
                )
              })}
            </ul>
          </div>
        ))}
      </nav>
    </>
  )
}

/** The navigation at the side of wide windows; narrow ones have it in a drawer. */
export function Sidebar() {
  const { sidebarCollapsed: collapsed, toggleSidebar } = usePreferences()
  const Icon = collapsed ? PanelLeftOpen : PanelLeftClose
  const label = collapsed ? texts.sidebar.expand : texts.sidebar.collapse
  return (
    <aside aria-label={texts.sidebar.label} className={clsx('sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-surface-1 md:flex', collapsed ? 'w-14' : 'w-58')}>
      <Navigation collapsed={collapsed} />
      <div className="p-2.5">
        <button
          type="button"
          aria-label={label}
          title={label}
          aria-expanded={!collapsed}
          onClick={toggleSidebar}
          className={clsx(
            'flex h-8 w-full items-center gap-2.5 rounded-md text-13 text-text-3 hover:bg-surface-2 hover:text-text-1',
            collapsed ? 'justify-center' : 'px-2',
          )}
        >
          <Icon aria-hidden className="size-4" />
          {!collapsed && <span aria-hidden>{texts.sidebar.collapseBriefly}</span>}
        </button>
      </div>
    </aside>
  )
}
