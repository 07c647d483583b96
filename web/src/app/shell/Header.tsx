import { Link, useMatches } from '@tanstack/react-router'
import { ChevronRight, Menu as MenuIcon, Search } from 'lucide-react'
import { IconButton } from '@/components/ui/Button'
import { Kbd, withCommand } from '@/components/ui/Kbd'
import { pageAt } from '../pages'
import { AccountPicker } from './AccountPicker'
import { LiveMark } from './LiveMark'
import { SyncPill } from './SyncPill'
import { texts } from './texts'
import { ThemeMenu } from './ThemeMenu'
import { UserMenu } from './UserMenu'

/** What the page on screen says of itself. */
export function usePage() {
  return useMatches({ select: (matches) => matches.at(-1)?.staticData ?? {} })
}

interface HeaderProps {
  onOpenNavigation: () => void
  onOpenPalette: () => void
}

export function Header({ onOpenNavigation, onOpenPalette }: HeaderProps) {
  const { title, parent } = usePage()
  return (
    <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-surface-1 px-3 md:gap-2.5 md:px-5">
      <IconButton label={texts.header.openNavigation} icon={MenuIcon} className="md:hidden" onClick={onOpenNavigation} />
      <div className="flex min-w-0 items-center gap-1.5 md:mr-1.5">
        {parent && (
          // Where there is not room for both, the title keeps its.
          <span className="hidden min-w-0 shrink-[99999] items-center gap-1.5 sm:flex md:hidden lg:flex">
            <Link to={parent} className="truncate text-14 text-text-3 hover:text-text-1">
              {pageAt(parent)?.title}
            </Link>
            <ChevronRight aria-hidden className="size-3.5 text-text-3" />
          </span>
        )}
        <h1 className="truncate text-16 font-semibold">{title}</h1>
      </div>
      <div className="hidden sm:block">
        <AccountPicker />
      </div>
      <div className="ml-auto flex items-center gap-1 md:gap-2.5">
        {/* First: it has words of another length at times, and has nothing but room before it. */}
        <LiveMark />
        <button
          type="button"
          onClick={onOpenPalette}
          aria-keyshortcuts="Meta+K Control+K"
          className="flex h-8 items-center gap-2.5 rounded-md text-13 text-text-3 hover:border-line-strong hover:text-text-1 max-lg:w-8 max-lg:justify-center max-lg:hover:bg-surface-2 lg:w-72 lg:border lg:border-line lg:px-2.5 touch:h-11 max-lg:touch:w-11"
        >
          <Search aria-hidden className="size-4 shrink-0" />
          <span className="flex-1 text-left whitespace-nowrap max-lg:sr-only">{texts.header.search}</span>
          <span aria-hidden className="hidden lg:inline">
            <Kbd>{withCommand('K')}</Kbd>
          </span>
        </button>
        <SyncPill />
        <ThemeMenu />
        <UserMenu />
      </div>
    </header>
  )
}
