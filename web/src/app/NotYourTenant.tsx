import { Building2 } from 'lucide-react'
import { useSession, useUser } from '@/api/client'
import { Empty } from '@/components/states'
import { buttonClass } from '@/components/ui/Button'
import { tenantAddress } from '@/lib/tenantAddress'
import { texts } from './texts'

/** An address names a tenant that the user is no member of: a link of somebody else's, or from before they left. */
export function NotYourTenant() {
  const state = useSession()
  const { tenants, email } = useUser()
  const lost = state.status === 'signed-in' ? state.lost : undefined
  return (
    <Empty
      icon={Building2}
      title={lost ? texts.notYourTenant.lost({ lost }) : texts.notYourTenant.never}
      action={tenants.map((tenant) => (
        <a key={tenant.id} href={tenantAddress(tenant, '/')} className={buttonClass('secondary', 'max-w-full')}>
          <span className="truncate">{texts.notYourTenant.goTo({ name: tenant.name })}</span>
        </a>
      ))}
    >
      {texts.notYourTenant.about({ email })}
    </Empty>
  )
}
