import { useUser } from '@/api/client'
import { splitTenant, tenantAddress } from '@/lib/tenantAddress'
import { texts } from './texts/failures'
import { buttonClass } from './ui/Button'

/** What a link named is not in this tenant: the same address in each of the user's others. */
export function InOtherTenants() {
  const { tenants, tenantId } = useUser()
  const { path } = splitTenant(window.location.pathname)
  return tenants
    .filter(({ id }) => id !== tenantId)
    .map((tenant) => (
      // A new document: whatever is known of this tenant stays behind.
      <a key={tenant.id} href={tenantAddress(tenant, path)} className={buttonClass('secondary', 'max-w-full')}>
        <span className="truncate">{texts.inOtherTenants.look({ name: tenant.name })}</span>
      </a>
    ))
}
