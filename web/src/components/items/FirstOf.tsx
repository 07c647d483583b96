import { useState, type ReactNode } from 'react'
import { Button } from '../ui/Button'
import { texts } from './texts'

interface FirstOfProps<T> {
  items: readonly T[]
  /** As many are shown at first. */
  most: number
  one: string
  many?: string
  /** One of them, as an item of the list. */
  children: (item: T) => ReactNode
  className?: string
}

/** A list whose first are shown, and all of it on request. */
export function FirstOf<T>({ items, most, one, many, children, className }: FirstOfProps<T>) {
  const [showsAll, setShowsAll] = useState(false)
  const isLong = items.length > most
  return (
    <>
      <ul className={className}>{(showsAll ? items : items.slice(0, most)).map(children)}</ul>
      {isLong && (
        // It stays where the focus is, and takes back what it did.
        <Button variant="quiet" className="m-1" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? texts.firstOf.first({ count: most }) : texts.firstOf.all({ count: items.length, one, many })}
        </Button>
      )}
    </>
  )
}
