import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { InOtherTenants } from './InOtherTenants'
import type { ItemKind, ITEMS } from './items/kinds'
import { Empty } from './states'
import { texts } from './texts/failures'
import { buttonClass } from './ui/Button'

interface NoSuchProps {
  /** As in "No such alert". */
  what: string
  many?: string
  /** The list of all of them. */
  to: '/alerts' | '/rules' | '/silences' | '/channels' | '/on-call' | '/routing' | '/access/proposals' | '/access/reviews' | (typeof ITEMS)[ItemKind]['list']
  /** Why it may not be there. */
  children: ReactNode
}

/** In the place of a thing that a link leads to and that is not there, or not in this tenant. */
export function NoSuch({ what, many = `${what}s`, to, children }: NoSuchProps) {
  return (
    <Empty
      icon={SearchX}
      title={texts.noSuch.title({ what })}
      action={
        <>
          <Link to={to} className={buttonClass()}>
            {texts.noSuch.all({ many })}
          </Link>
          <InOtherTenants />
        </>
      }
    >
      {children}
    </Empty>
  )
}
