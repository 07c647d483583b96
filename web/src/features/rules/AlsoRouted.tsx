import { Link } from '@tanstack/react-router'
import type { Channel } from '@/api/types'
import { phrase } from '@/lib/phrase'
import { nameIn } from './escalation'
import type { Asked } from './routed'
import { texts } from './texts'
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
      <p className="font-medium">{texts.alsoRouted.alsoToldByRoutes}</p>
      <ul aria-label={texts.alsoRouted.routes} className="flex flex-col gap-1 pt-1 wrap-anywhere text-text-3">
        {found.slice(0, SHOWN).map(({ route, isSure }) => (
          <li key={route.id}>
            <Link to="/routing/$routeId" params={{ routeId: route.id }} className="text-accent-text underline underline-offset-2">
              {route.name}
            </Link>
            {(isSure ? texts.alsoRouted.channels : texts.alsoRouted.channelsForSome)({ channels: route.channelIds.map(nameIn(channels, texts.alsoRouted.sharedChannel)) })}
          </li>
        ))}
        {rest > 0 && (
          <li>
            {phrase(texts.alsoRouted.rest, {
              routes: (
                <Link to="/routing" className="text-accent-text underline underline-offset-2">
                  {texts.alsoRouted.moreRoutes({ rest })}
                </Link>
              ),
            })}
          </li>
        )}
      </ul>
    </div>
  )
}
