import { Link } from '@tanstack/react-router'
import { useUser } from '@/api/client'
import type { AuditEntry, UserProfile } from '@/api/types'
import { kindTitle } from './actions'

const NAMES = ['name', 'title', 'email', 'ruleName', 'operation'] as const

/** What the entry itself calls the thing, now or before; undefined where it does not. */
export function resourceName({ oldValues, newValues }: Pick<AuditEntry, 'oldValues' | 'newValues'>): string | undefined {
  const values = [newValues, oldValues].map((value) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}))
  const found = NAMES.flatMap((name) => values.map((value) => value[name])).find((value) => typeof value === 'string' && value !== '')
  return typeof found === 'string' ? found : undefined
}

export const resourceText = (entry: AuditEntry): string => [kindTitle(entry.resourceType), resourceName(entry)].filter(Boolean).join(' ')

/** What is gone by it, or was never done. */
const ENDED = ['delete', 'remove', 'leave', 'revoke', 'refuse', 'limit']

/** Where a thing is looked at, by those who may; undefined where it has no page, or is gone by what was done. */
export function placeOf({ action, resourceType, resourceId, ...values }: AuditEntry, { id, permissions }: UserProfile) {
  const may = (permission: UserProfile['permissions'][number]) => permissions.includes(permission)
  if (ENDED.includes(action.slice(action.indexOf('.') + 1))) return undefined
  const isOwn = values.user.id === id
  const name = resourceName(values)
  switch (resourceType) {
    case 'rule':
      return may('rules:read') ? { to: '/rules/$ruleId', params: { ruleId: resourceId } } : undefined
    case 'channel':
      return may('rules:read') ? { to: '/channels/$channelId', params: { channelId: resourceId } } : undefined
    case 'route':
      return may('rules:read') ? { to: '/routing/$routeId', params: { routeId: resourceId } } : undefined
    case 'alert':
      return may('alerts:read') ? { to: '/alerts/$alertId', params: { alertId: resourceId } } : undefined
    case 'access-review':
      return may('netbird:read') ? { to: '/access/reviews/$reviewId', params: { reviewId: resourceId } } : undefined
    case 'proposal':
      return may('netbird:read') ? { to: '/access/proposals/$proposalId', params: { proposalId: resourceId } } : undefined
    case 'audit-export':
      return may('audit:read') ? { to: '/audit/exports' } : undefined
    case 'account':
      return may('accounts:read') ? { to: '/settings/accounts', hash: resourceId } : undefined
    case 'recipient':
      return may('rules:read') ? { to: '/rules' } : undefined
    case 'member':
    case 'invitation':
      return may('users:read') ? { to: '/settings/members', search: name === undefined ? {} : { search: name } } : undefined
    case 'token':
      return may('tokens:manage') ? { to: '/settings/tokens', search: { of: 'all' } } : undefined
    case 'sso':
      return may('sso:write') ? { to: '/settings/sso' } : undefined
    case 'tenant':
      return may('tenant:read') ? { to: '/settings/tenant' } : undefined
    case 'session':
      return isOwn ? { to: '/settings/sessions' } : undefined
    case 'profile':
    case 'email':
      return isOwn ? { to: '/settings/profile' } : undefined
    case 'password':
    case 'second_factor':
      return isOwn ? { to: '/settings/security' } : undefined
    default:
      return undefined
  }
}

/** What it was done to by its name, as a link where there is a page of it. Of what kind it is, the action says. */
export function Resource({ entry }: { entry: AuditEntry }) {
  const place = placeOf(entry, useUser())
  const title = resourceName(entry) ?? kindTitle(entry.resourceType)
  if (!place) return title
  return (
    <Link {...(place as { to: '/rules' })} className="relative z-10 text-accent-text underline underline-offset-2">
      {title}
    </Link>
  )
}
