import type { AccessChange } from '@/api/types'
import { useNames } from '@/queries/found'
import { nameWords, partsOf, textOf, thingsIn } from './parts'

/** What a change is, with the names of what it is about. */
export function ChangeSentence({ change, accountId }: { change: AccessChange; accountId: string | undefined }) {
  const parts = partsOf(change)
  const things = thingsIn(parts)
  const names = useNames(accountId, things)
  return (
    <>
      {parts.map((part, index) => {
        if (typeof part === 'string') return part
        const name = 'name' in part ? part.name : nameWords(part.id, names[things.indexOf(part)])
        return (
          <strong key={index} className="font-semibold">
            {name}
          </strong>
        )
      })}
    </>
  )
}

/** The sentence as text, for what has no room for more. */
export function useChangeText(change: AccessChange, accountId: string | undefined): string {
  const parts = partsOf(change)
  return textOf(parts, useNames(accountId, thingsIn(parts)))
}
