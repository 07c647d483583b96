import type { AccessChange } from '@/api/types'
import { useNames, type Thing } from '@/queries/found'
import { nameWords, partsOf, textOf, thingsIn } from './parts'

interface ChangeSentenceProps {
  change: AccessChange
  accountId: string | undefined
  /** What things were called, for those that are gone. */
  nameThen?: (thing: Thing) => string | undefined
}

/** What a change is, with the names of what it is about. */
export function ChangeSentence({ change, accountId, nameThen }: ChangeSentenceProps) {
  const parts = partsOf(change)
  const things = thingsIn(parts)
  const names = useNames(accountId, things)
  return (
    <>
      {parts.map((part, index) => {
        if (typeof part === 'string') return part
        const name = 'name' in part ? part.name : nameWords(part.id, names[things.indexOf(part)], nameThen?.(part))
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
