import { expect, test } from 'vitest'
import { splitTenant, tenantAddress, tenantOfSlug, tenantSlug } from './tenantAddress'

const ACME = { id: '0193a000-0000-7000-8000-00003f9c21ab', name: 'Müller & Söhne' }
const BLUE = { id: '0193a000-0000-7000-8000-00000000000b', name: 'Blue Harbour' }

test('an address has the tenant’s name for people, and digits of its id', () => {
  expect(tenantSlug(ACME)).toBe('muller-sohne-3f9c21ab')
  expect(tenantSlug({ ...ACME, name: '会社' })).toBe('3f9c21ab')
})

test.each([
  ['its own', 'muller-sohne-3f9c21ab', ACME],
  ['a name from before', 'acme-3f9c21ab', ACME],
  ['digits alone', '3f9c21ab', ACME],
  ['the whole id, as in a mail', BLUE.id, BLUE],
  ['a tenant of others', 'acme-99999999', undefined],
  ['an id of others', '0193a000-0000-7000-8000-000000000001', undefined],
])('%s', (_, slug, tenant) => {
  expect(tenantOfSlug([ACME, BLUE], slug)).toBe(tenant)
})

test.each([
  ['/t/blue-harbour-0000000b', 'blue-harbour-0000000b', '/'],
  ['/t/blue-harbour-0000000b/alerts/1', 'blue-harbour-0000000b', '/alerts/1'],
  ['/alerts/1', undefined, '/alerts/1'],
  ['/tenants', undefined, '/tenants'],
])('%s is split', (pathname, slug, path) => {
  expect(splitTenant(pathname)).toEqual({ slug, path })
})

test.each([
  ['/', '/t/blue-harbour-0000000b'],
  ['/?account=a', '/t/blue-harbour-0000000b?account=a'],
  ['/peers?status=offline', '/t/blue-harbour-0000000b/peers?status=offline'],
])('%s is put together', (page, address) => {
  expect(tenantAddress(BLUE, page)).toBe(address)
})
