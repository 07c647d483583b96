import type { FieldErrors } from '@/components/formErrors'
import type { GivenRole, PutSso, SsoSettings } from '@/api/types'
import { texts } from './texts'

export interface Mapping {
  /** Tells rows apart while they are edited. */
  key: number
  value: string
  role: GivenRole
}

/** What the form holds; `none` stands where nobody without a mapped role comes in. */
export interface SsoDraft {
  slug: string
  issuer: string
  clientId: string
  clientSecret: string
  /** A public client: PKCE alone protects the exchange. */
  noSecret: boolean
  domains: string[]
  roleClaim: string
  roleMapping: Mapping[]
  defaultRole: GivenRole | 'none'
  enabled: boolean
}

/** Roles that a provider may give; owners are made by owners. */
export const GIVEN_ROLES: readonly GivenRole[] = ['admin', 'network_admin', 'viewer']

export function draftOf(settings: SsoSettings | null): SsoDraft {
  return {
    slug: settings?.slug ?? '',
    issuer: settings?.issuer ?? '',
    clientId: settings?.clientId ?? '',
    clientSecret: '',
    noSecret: settings ? !settings.hasClientSecret : false,
    domains: [...(settings?.domains ?? [])],
    roleClaim: settings?.roleClaim ?? '',
    roleMapping: (settings?.roleMapping ?? []).map(({ value, role }, key) => ({ key, value, role })),
    defaultRole: settings ? (settings.defaultRole ?? 'none') : 'viewer',
    enabled: settings?.enabled ?? true,
  }
}

/** The provider's address; plain http only on this machine, for trying things out. */
function isIssuer(text: string): boolean {
  const url = URL.parse(text.trim())
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
}

export function validateSso(draft: SsoDraft, hasSecret: boolean): FieldErrors {
  const unnamed = draft.roleMapping.findIndex(({ value }) => value.trim() === '')
  return {
    ...(!/^[a-z0-9-]{3,40}$/.test(draft.slug.trim()) && { '/slug': texts.validateSso.use340Small }),
    ...(!isIssuer(draft.issuer) && { '/issuer': texts.validateSso.enterAddressStartsWith }),
    ...(draft.clientId.trim() === '' && { '/clientId': texts.validateSso.enterClientIdProvider }),
    ...(!draft.noSecret && !hasSecret && draft.clientSecret === '' && { '/clientSecret': texts.validateSso.enterClientSecretProvider }),
    ...(draft.roleMapping.length > 0 && draft.roleClaim.trim() === '' && { '/roleClaim': texts.validateSso.nameClaimHoldsValues }),
    ...(unnamed !== -1 && { [`/roleMapping/${unnamed}/value`]: texts.validateSso.enterValue }),
  }
}

export function requestOf(draft: SsoDraft): PutSso {
  const { clientSecret, noSecret, roleClaim, roleMapping, defaultRole, ...rest } = draft
  return {
    ...rest,
    slug: draft.slug.trim(),
    issuer: draft.issuer.trim(),
    clientId: draft.clientId.trim(),
    // None at all keeps the present one; an empty one removes it.
    ...(noSecret ? { clientSecret: '' } : clientSecret !== '' && { clientSecret }),
    ...(roleClaim.trim() !== '' && { roleClaim: roleClaim.trim() }),
    roleMapping: roleMapping.map(({ value, role }) => ({ value: value.trim(), role })),
    defaultRole: defaultRole === 'none' ? null : defaultRole,
  }
}
