import { Link } from '@tanstack/react-router'
import { SearchX } from 'lucide-react'
import { Empty } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'

/** In the place of a page about an account that is not there, or not in this tenant. */
export function NoSuchAccount() {
  return (
    <Empty
      icon={SearchX}
      title="No such account"
      action={
        <Link to="/settings/accounts" className={buttonClass()}>
          All accounts
        </Link>
      }
    >
      It was deleted, or it belongs to another tenant.
    </Empty>
  )
}
