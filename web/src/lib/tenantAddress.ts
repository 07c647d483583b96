/**
 * The tenant in an address: `/t/acme-networks-3f9c21ab/alerts`. The words are for people; the digits at the end are the
 * last of the tenant's id and alone say which it is, so that a link outlives a new name. Messages, which know no other
 * tenant of whoever reads them, name the whole id.
 */
export interface AddressedTenant {
  id: string
  name: string
}

interface TenantPath {
  /** Undefined in an address from before tenants were in it. */
  slug: string | undefined
  /** The page within the tenant, from its slash on. */
  path: string
}

const TENANT_PATH = /^\/t\/([^/]+)(\/.*)?$/
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const DIGITS = 8
const LONGEST_WORDS = 40

const tail = (id: string): string => id.replaceAll('-', '').slice(-DIGITS)

/** "Müller & Söhne" becomes "muller-sohne". */
function words(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST_WORDS).replace(/^-+|-+$/g, '')
}

export const isTenantId = (slug: string): boolean => ID.test(slug)

export const tenantSlug = ({ id, name }: AddressedTenant): string => [words(name), tail(id)].filter(Boolean).join('-')

/** Which of these tenants an address names. */
export function tenantOfSlug<T extends AddressedTenant>(tenants: readonly T[], slug: string): T | undefined {
  if (isTenantId(slug)) return tenants.find(({ id }) => id === slug)
  return tenants.find((tenant) => tenantSlug(tenant) === slug) ?? tenants.find(({ id }) => slug.split('-').at(-1) === tail(id))
}

export function splitTenant(pathname: string): TenantPath {
  const match = TENANT_PATH.exec(pathname)
  return match ? { slug: match[1], path: match[2] ?? '/' } : { slug: undefined, path: pathname }
}

/** The address of a page of a tenant; `page` may have a query and a fragment. */
export function tenantAddress(tenant: AddressedTenant, page: string): string {
  const rest = page.startsWith('/') ? page.slice(1) : page
  return `/t/${tenantSlug(tenant)}${rest === '' || /^[?#]/.test(rest) ? rest : `/${rest}`}`
}
