import { CircleHelp } from 'lucide-react'
import type { AccessSince } from '@/api/types'
import { resourceWord } from '@/components/changeWords'
import { FirstOf } from '@/components/items/FirstOf'
import { texts } from './texts'

/** Shown at once. */
const MOST = 5

/** What of the network as it was is not known: the difference may be another. */
export function Incomplete({ found: { incomplete, omittedIncomplete } }: { found: AccessSince }) {
  if (incomplete.length + omittedIncomplete === 0) return null
  return (
    <div role="status" className="mb-4 flex items-start gap-2.5 rounded-lg border border-line bg-warn-soft px-3 py-2.5 text-13 text-warn-text">
      <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="font-semibold">{texts.incomplete.title}</p>
        <p className="mt-0.5">{texts.incomplete.about}</p>
        <FirstOf items={incomplete} most={MOST} one={texts.incomplete.one} className="mt-0.5 list-disc pl-4">
          {({ resource, itemId, itemName, why }) => (
            <li key={`${resource} ${itemId ?? ''} ${why}`}>
              {texts.incomplete.thing({ list: resourceWord(resource), name: itemName ?? itemId, why })}
            </li>
          )}
        </FirstOf>
        {omittedIncomplete > 0 && <p className="mt-0.5">{texts.incomplete.more({ count: omittedIncomplete })}</p>}
      </div>
    </div>
  )
}
