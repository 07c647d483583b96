import type { Page } from '@playwright/test'
import { atEveryWidth, expect, fits, inEachView, screenshot, test } from './stage'

const path = (page: Page) => expect.poll(() => decodeURIComponent(new URL(page.url()).pathname))
const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** One page of each kind, and what of it is known to be gone. */
const ITEMS = [
  { name: 'group', path: '/groups/group-acc-hq-servers', list: 'All groups' },
  { name: 'user', path: '/users/grace', list: 'All users' },
  { name: 'policy', path: '/policies/laptops', list: 'All policies' },
  { name: 'network', path: '/networks/office', list: 'All networks' },
  { name: 'route', path: '/routes/route-legacy', list: 'All routes' },
  { name: 'nameserver', path: '/dns/dns-upstream', list: 'All nameservers' },
  { name: 'posture-check', path: '/posture-checks/check-min-version', list: 'All posture checks' },
  { name: 'setup-key', path: '/setup-keys/key-routers', list: 'All setup keys' },
]

inEachView(() => {
  test('with the longest of everything, off, and with what is gone', async ({ see }) => {
    await see('item-policy-long', { path: '/policies/field?of=acc-field', ready: 'check-gone' })
    await see('item-policy-off', { path: '/policies/default?of=acc-hq', ready: 'Peers of All may reach each other' })
    await see('item-network-long', { path: '/networks/lyon?of=acc-field', ready: 'and 39 more' })
    await see('item-route-long', { path: '/routes/route-The old way to the warehouse in Lyon, which nobody dares to remove?of=acc-field', ready: 'peer-gone (gone)' })
    await see('item-nameserver-long', { path: '/dns/dns-The nameservers that stand in the warehouse in Lyon, second floor?of=acc-field', ready: 'group-gone (gone)' })
    await see('item-user-long', { path: '/users/night?of=acc-field', ready: 'Network admin' })
    await see('item-setup-key-expired', { path: '/setup-keys/key-laptops of 2024?of=acc-hq', ready: 'expired 40 d ago' })
  })

  test('used by nobody, by very many, and by who knows whom', async ({ mock, see }) => {
    mock.items = 'nothing'
    await see('item-unused', { path: '/groups/group-acc-hq-maintenance?of=acc-hq', ready: 'Nothing names it.' })
    mock.items = 'unread'
    await see('item-unread', { path: '/posture-checks/check-min-version?of=acc-hq', ready: 'Posture checks and setup keys could not be read' })
    mock.items = 'many'
    await see('item-many', { path: '/groups/group-acc-hq-servers?of=acc-hq', ready: 'and 34 further uses that are not listed' })
    mock.items = 'unread'
    await see('peer-unread', { path: '/peers/peer-14?of=acc-hq', ready: 'Nothing names it in what could be read' })
  })

  for (const { name, path, list } of ITEMS) {
    test(`loading, gone, failed, not allowed: ${name}`, async ({ see, seeShared }) => {
      await see(`item-${name}-gone`, { scenario: 'empty', path, ready: list })
      await seeShared(`item-${name}`, path)
    })
  }
})

test('from the list to a policy, to a group that it names, to what that is used by, and back', async ({ visit }) => {
  const page = await visit('/policies')
  await page.getByRole('link', { name: 'Laptops to servers', exact: true }).click()
  await path(page).toMatch(/\/policies\/laptops$/)
  await at(page).toEqual({ of: 'acc-hq' })
  await page.getByRole('heading', { name: 'Laptops to servers' }).waitFor()
  await expect.poll(() => page.title()).toContain('Laptops to servers')
  await card(page, 'Its rule').getByRole('link', { name: 'servers', exact: true }).click()
  await page.getByRole('heading', { name: 'servers', exact: true }).waitFor()
  await card(page, 'Used by').getByRole('link', { name: 'subnet in office' }).click()
  await path(page).toMatch(/\/networks\/office$/)
  await card(page, 'Routers').getByRole('link', { name: 'router-02' }).click()
  await path(page).toMatch(/\/peers\/router-02$/)
  await card(page, 'Used by').getByRole('link', { name: 'servers', exact: true }).first().click()
  await page.getByRole('heading', { name: 'servers', exact: true }).waitFor()
  await page.goBack()
  await path(page).toMatch(/\/peers\/router-02$/)
  await page.getByRole('heading', { name: 'router-02' }).waitFor()
})

test('the peers of a group, and the list of all of them', async ({ visit }) => {
  const page = await visit('/groups')
  const row = page.getByRole('row', { name: /^servers .*HQ/ })
  await row.getByRole('link', { name: 'servers', exact: true }).click()
  await path(page).toMatch(/\/groups\/group-acc-hq-servers$/)
  const peers = card(page, 'Peers')
  await expect.poll(() => peers.getByRole('listitem').count()).toBe(10)
  await peers.getByRole('link', { name: 'srv-04' }).click()
  await path(page).toMatch(/\/peers\/peer-4$/)
  await page.goBack()
  await peers.getByRole('link', { name: 'All 17 peers' }).click()
  await at(page).toEqual({ group: 'servers', account: 'acc-hq' })
  // The number in the list leads there, too.
  await page.goto('/groups?account=acc-hq')
  await page.getByRole('link', { name: '17 peers' }).last().click()
  await at(page).toEqual({ group: 'servers', account: 'acc-hq' })
})

test('what changed about a thing is told, opened, and followed to all of it', async ({ visit }) => {
  const page = await visit('/policies/laptops?of=acc-hq')
  const changes = card(page, 'Changes')
  await changes.getByRole('link', { name: /ports: 443 added/ }).click()
  await at(page).toEqual({ list: 'policies', item: 'laptops', account: 'acc-hq', change: 'acc-hq_1_0_0' })
  // And the change leads back to what it is about.
  await page.getByRole('dialog').getByRole('link', { name: 'Laptops to servers' }).click()
  await path(page).toMatch(/\/policies\/laptops$/)
  await changes.getByRole('link', { name: 'All changes' }).click()
  await at(page).toMatchObject({ list: 'policies', item: 'laptops', account: 'acc-hq' })
  await page.getByRole('button', { name: 'Remove filter Item: Laptops to servers' }).waitFor()
})

test('a long list of uses is opened and closed in place, by keys', async ({ mock, visit }) => {
  mock.items = 'many'
  const page = await visit('/groups/group-acc-hq-servers?of=acc-hq')
  const policies = page.getByRole('region', { name: 'Policies' })
  await expect.poll(() => policies.getByRole('listitem').count()).toBe(10)
  const more = policies.getByRole('button', { name: 'Show all 150 policies' })
  await more.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => policies.getByRole('listitem').count()).toBe(150)
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Show the first 10')
  await page.keyboard.press('Enter')
  await expect.poll(() => policies.getByRole('listitem').count()).toBe(10)
})

test('rows of lists lead to their pages by keys, and what the address says and nobody understands is dropped', async ({ visit }) => {
  const page = await visit('/dns?account=acc-hq')
  await page.getByText('corp.example is resolved by').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await path(page).toMatch(/\/dns\/dns-corp dns$/)
  await card(page, 'Details').getByRole('link', { name: 'laptops' }).waitFor()
  await page.goto('/setup-keys/key-routers?of=acc-hq&moon=full')
  await page.getByText('Begins with').waitFor()
  await at(page).toEqual({ of: 'acc-hq' })
})

test('DNS settings that name a group lead to those of its account', async ({ visit }) => {
  const page = await visit('/groups/group-acc-hq-servers?of=acc-hq')
  await page.getByRole('link', { name: 'DNS settings of the account' }).click()
  await path(page).toMatch(/\/settings\/accounts\/acc-hq\/network$/)
})

test('lists that are being read anew are told of, and the page comes by itself or when asked', async ({ visit }) => {
  const page = await visit('/overview')
  await page.route('**/api/netbird/policies/laptops?*', (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'retry-after': '60' }, json: { type: 'https://netbird-platform.dev/problems/unavailable', title: 'Not available just now', status: 503, detail: 'the policies are being read anew' } }),
  )
  await page.goto('/policies/laptops?of=acc-hq')
  await page.getByText('The network is being read anew').waitFor()
  await screenshot(page, 'item-read-anew')
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('heading', { name: 'Laptops to servers' }).waitFor()
})

test.describe('light', () => {
  test('one page of each kind at every width', async ({ mock, open }) => {
    mock.scenario = 'long-names'
    const page = await open()
    for (const { name, path: address } of [...ITEMS, { name: 'peer', path: '/peers/peer-14' }]) {
      await page.goto(`${address}?of=acc-hq`)
      await card(page, 'Details').waitFor()
      await atEveryWidth(page, async (width) => {
        await fits(page, `${name} at ${width}`)
        await screenshot(page, `item-${name}-${width}-light`)
      })
    }
  })
})
