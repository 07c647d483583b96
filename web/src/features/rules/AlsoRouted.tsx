import { Link } from '@tanstack/react-router'
import type { Channel } from '@/api/types'
import { listed, plural } from '@/lib/numbers'
import { nameIn } from './escalation'
import type { Asked } from './routed'
import { useRouted } from './useRouted'

/** So many are named; the list of all has the others. */
const SHOWN = 5

interface AlsoRoutedProps {
  rule: Asked
  channels: readonly Channel[] | undefined
}

/** Whom routes tell beside the rule's own channels. */
export function AlsoRouted({ rule, channels }: AlsoRoutedProps) {
  const found = useRouted(rule) ?? []
  if (found.length === 0) return null
  const rest = found.length - SHOWN
  return (
    <div className="border-t border-line pt-2 text-13">
      <p className="font-medium">Also told by routes</p>
      <ul aria-label="Routes" className="flex flex-col gap-1 pt-1 wrap-anywhere text-text-3">
        {found.slice(0, SHOWN).map(({ route, isSure }) => (
          <li key={route.id}>
            <Link to="/routing/$routeId" params={{ routeId: route.id }} className="text-accent-text underline underline-offset-2">
              {route.name}
            </Link>
            : {listed(route.channelIds.map(nameIn(channels, 'a shared channel')))}
            {!isSure && ', for some of its alerts'}
          </li>
        ))}
        {rest > 0 && (
          <li>
            and{' '}
            <Link to="/routing" className="text-accent-text underline underline-offset-2">
              {plural(rest, 'more route')}
            </Link>
          </li>
        )}
      </ul>
    </div>
  )
}
