import { Link, useNavigate } from '@tanstack/react-router'
import { FlaskConical } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSession } from '@/api/client'
import { scopeOf } from '@/api/session'
import type { AccessChange } from '@/api/types'
import { keep } from '@/lib/keptChanges'
import { encodeChanges, LONGEST_IN_ADDRESS, type TrySearch } from '@/lib/tried'
import { Button, buttonClass } from './ui/Button'

interface TryLinkProps extends Pick<TrySearch, 'of' | 'protocol' | 'port'> {
  changes: readonly AccessChange[]
  /** Its whole name, where there are several on a page. */
  label: string
  children: ReactNode
}

/** To the page that tries changes, with these filled in and asked about; where an address cannot hold them, they are kept in the tab. */
export function TryLink({ changes, label, children, ...on }: TryLinkProps) {
  const scope = scopeOf(useSession())
  const navigate = useNavigate()
  const written = encodeChanges(changes)
  const rest: TrySearch = { ...on, show: '1' }
  return written.length <= LONGEST_IN_ADDRESS ? (
    <Link to="/access/change" search={{ ...rest, changes: written }} aria-label={label} className={buttonClass()}>
      <FlaskConical aria-hidden className="size-4 shrink-0" />
      {children}
    </Link>
  ) : (
    <Button icon={FlaskConical} aria-label={label} onClick={() => void navigate({ to: '/access/change', search: { ...rest, kept: keep(scope, changes) } })}>
      {children}
    </Button>
  )
}
