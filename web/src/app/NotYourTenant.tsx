import { Building2 } from 'lucide-react'
import { useSession, useUser } from '@/api/client'
import { Empty } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { tenantAddress } from '@/lib/tenantAddress'

/** An address names a tenant that the user is no member of: a link of somebody else's, or from before they left. */
export function NotYourTenant() {
  const state = useSession()
  const { tenants, email } = useUser()
  const lost = state.status === 'signed-in' ? state.lost : undefined
  return (
    <Empty
      icon={Building2}
      title={lost ? `You are not a member of ${lost} any more` : 'This page is of a tenant that you are not a member of'}
      action={tenants.map((tenant) => (
        <a key={tenant.id} href={tenantAddress(tenant, '/')} className={buttonClass('secondary', 'max-w-full')}>
          <span className="truncate">Go to {tenant.name}</span>
        </a>
      ))}
    >
      You are signed in as {email}. Ask whoever sent you the link to invite you, or go to a tenant of yours.
    </Empty>
  )
}
