import { Link, Outlet } from '@tanstack/react-router'
import { useMenu } from '../useMenu'
import { texts } from './onDemandTexts'

const SECTIONS = [
  { label: texts.settingsFrame.you, of: 'you' },
  { label: texts.settingsFrame.tenant, of: 'tenant' },
] as const

/** The pages of the settings side by side; on a narrow window their list is a row above. */
export function SettingsFrame() {
  const menu = useMenu()
  return (
    <div className="flex flex-col gap-4 lg:flex-row lg:gap-8">
      <nav aria-label={texts.settingsFrame.label} className="relative -mx-3 overflow-x-auto px-3 max-lg:border-b max-lg:border-line max-lg:pb-2 md:-mx-5 md:px-5 lg:sticky lg:top-18 lg:mx-0 lg:w-44 lg:shrink-0 lg:self-start lg:overflow-visible lg:px-0">
        <div className="flex gap-1 lg:flex-col">
          {SECTIONS.map(({ label, of }) => (
            <div key={label} className="flex gap-1 lg:flex-col lg:gap-0.5 lg:pb-3">
              <h2 className="px-2 text-12 whitespace-nowrap text-text-3 max-lg:sr-only lg:pb-1">{label}</h2>
              <ul className="flex gap-1 lg:flex-col lg:gap-0.5">
                {menu(of).map(({ path, title, icon: Icon }) => (
                  <li key={path}>
                    <Link
                      to={path}
                      activeOptions={{ includeSearch: false }}
                      ref={showWhenCurrent}
                      className="flex h-8 items-center gap-2 rounded-md px-2 text-13 whitespace-nowrap touch:h-11"
                      activeProps={{ className: 'bg-surface-2 font-semibold text-text-1' }}
                      inactiveProps={{ className: 'text-text-2 hover:bg-surface-2 hover:text-text-1' }}
                    >
                      <Icon aria-hidden className="size-4 shrink-0" />
                      {title}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className="min-w-0 max-w-5xl flex-1">
        <Outlet />
      </div>
    </div>
  )
}

/** In the row the present page may lie beyond the edge. */
function showWhenCurrent(link: HTMLAnchorElement | null): void {
  const row = link?.closest('nav')
  if (link?.getAttribute('aria-current') !== 'page' || !row || row.scrollWidth <= row.clientWidth) return
  row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2
}
