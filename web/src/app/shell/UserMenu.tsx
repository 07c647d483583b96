import { useUser } from '@/api/client'
import { OnDemand } from '@/components/ui/OnDemand'
import { phrase } from '@/lib/phrase'
import { texts } from './texts'

const items = () => import('./UserMenuItems')

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return ((words[0]?.charAt(0) ?? '') + (words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : '')).toUpperCase()
}

export function UserMenu() {
  const user = useUser()
  return (
    <OnDemand
      kind="menu"
      load={items}
      rest={{}}
      trigger={
        <button
          type="button"
          title={user.email}
          className="flex size-7.5 shrink-0 items-center justify-center rounded-full border border-line text-12 hover:bg-surface-2 touch:size-10"
        >
          {phrase(texts.userMenu.label, { initials: initials(user.name), name: user.name, hidden: (words) => <span className="sr-only">{words}</span> })}
        </button>
      }
    />
  )
}
