import { describe, expect, test } from 'vitest'
import { draftOf, requestOf, validateSso, type SsoDraft } from './ssoDraft'

const good: SsoDraft = {
  slug: 'acme',
  issuer: 'https://login.acme.example',
  clientId: 'platform',
  clientSecret: 'secret',
  noSecret: false,
  domains: ['acme.example'],
  roleClaim: '',
  roleMapping: [],
  defaultRole: 'viewer',
  enabled: true,
}

describe('single sign-on settings', () => {
  test('a complete form has no error', () => {
    expect(validateSso(good, false)).toEqual({})
  })

  test.each([
    [{ slug: 'Acme GmbH' }, '/slug'],
    [{ slug: 'ab' }, '/slug'],
    [{ issuer: 'http://login.acme.example' }, '/issuer'],
    [{ issuer: 'javascript:alert(1)' }, '/issuer'],
    [{ clientId: ' ' }, '/clientId'],
    [{ clientSecret: '' }, '/clientSecret'],
    [{ roleMapping: [{ key: 0, value: 'netops', role: 'viewer' as const }] }, '/roleClaim'],
    [{ roleClaim: 'groups', roleMapping: [{ key: 3, value: ' ', role: 'viewer' as const }] }, '/roleMapping/0/value'],
  ])('%j', (part, pointer) => {
    expect(Object.keys(validateSso({ ...good, ...part }, false))).toEqual([pointer])
  })

  test('a stored secret is kept by sending none', () => {
    expect(validateSso({ ...good, clientSecret: '' }, true)).toEqual({})
    expect(requestOf({ ...good, clientSecret: '' })).not.toHaveProperty('clientSecret')
  })

  test('a public client has none, whatever was typed before', () => {
    expect(validateSso({ ...good, clientSecret: '', noSecret: true }, false)).toEqual({})
    expect(requestOf({ ...good, noSecret: true }).clientSecret).toBe('')
  })

  test('“nothing” for everybody else is null, and comes back as such', () => {
    const request = requestOf({ ...good, defaultRole: 'none' })
    expect(request.defaultRole).toBeNull()
    expect(draftOf({ ...request, domains: [], roleMapping: [], hasClientSecret: true, redirectUri: '', signInUrl: '', updatedAt: '' }).defaultRole).toBe('none')
  })
})
