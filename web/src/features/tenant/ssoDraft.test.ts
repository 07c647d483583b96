import { describe, expect, test } from 'vitest'
import { draftOf, requestOf, validateSso, type SsoDraft } from './ssoDraft'

const good: SsoDraft = {
  slug: 'acme',
  issuer: 'https://login.acme.example',
  clientId: 'platform',
  clientSecret: 'secret',
  domains: ['acme.example'],
  roleClaim: '',
  roleMapping: [],
  defaultRole: 'viewer',
  enabled: true,
}

describe('single sign-on settings', () => {
  test('a complete form has no error', () => {
    expect(validateSso(good, true)).toEqual({})
  })

  test.each([
    [{ slug: 'Acme GmbH' }, '/slug'],
    [{ slug: 'a' }, '/slug'],
    [{ issuer: 'http://login.acme.example' }, '/issuer'],
    [{ issuer: 'javascript:alert(1)' }, '/issuer'],
    [{ clientId: ' ' }, '/clientId'],
    [{ clientSecret: '' }, '/clientSecret'],
    [{ domains: [] }, '/domains'],
    [{ roleMapping: [{ key: 0, value: 'netops', role: 'viewer' as const }] }, '/roleClaim'],
    [{ roleClaim: 'groups', roleMapping: [{ key: 3, value: ' ', role: 'viewer' as const }] }, '/roleMapping/0/value'],
  ])('%j', (part, pointer) => {
    expect(Object.keys(validateSso({ ...good, ...part }, true))).toEqual([pointer])
  })

  test('a stored secret is kept by sending none', () => {
    expect(validateSso({ ...good, clientSecret: '' }, false)).toEqual({})
    expect(requestOf({ ...good, clientSecret: '' })).not.toHaveProperty('clientSecret')
  })

  test('“nothing” for everybody else is null, and comes back as such', () => {
    const request = requestOf({ ...good, defaultRole: 'none' })
    expect(request.defaultRole).toBeNull()
    expect(draftOf({ ...request, redirectUri: '', signInUrl: '', updatedAt: '' }).defaultRole).toBe('none')
  })
})
