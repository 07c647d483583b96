import type { Page } from '@playwright/test'
import { expect, test } from './stage'

const ACME = '/t/acme-networks-00000000'
const BLUE = '/t/blue-harbour-0000000b'
const BLUE_ID = '0193a000-0000-7000-8000-00000000000b'
const ALERT = '/alerts/0193b000-0000-7000-8000-000000000003'

let page: Page

test.beforeEach(async ({ open }) => {
  page = await open()
})

const isIn = (where: Page, tenant: string) => where.getByRole('button', { name: `Tenant: ${tenant}` }).waitFor()
const address = (where: Page) => where.url().replace(/^https?:\/\/[^/]+/, '')

test('two tabs, two tenants', async () => {
  const other = await page.context().newPage()
  await page.goto(`${ACME}/peers`)
  await other.goto(`${BLUE}/peers?status=offline`)
  await isIn(page, 'Acme Networks')
  await isIn(other, 'Blue Harbour')
  await other.getByRole('link', { name: 'Events' }).click()
  await expect.poll(() => address(other)).toBe(`${BLUE}/events`)
  await page.reload()
  await isIn(page, 'Acme Networks')
  expect(address(page)).toBe(`${ACME}/peers`)
})

test('an address from before leads to the same page of the present tenant', async () => {
  await page.goto(`${ALERT}?account=0193a000-0000-7000-8000-0000000000aa`)
  await page.getByRole('heading', { name: 'Timeline' }).waitFor()
  await expect.poll(() => address(page)).toMatch(new RegExp(`^${ACME}${ALERT}`))
})

test('a mail’s link leads into its tenant, and is there by name', async () => {
  await page.goto(`/t/${BLUE_ID}${ALERT}`)
  await isIn(page, 'Blue Harbour')
  await page.getByRole('heading', { name: 'Timeline' }).waitFor()
  await expect.poll(() => address(page)).toBe(BLUE + ALERT)
})

test('an alert that is not here may be in another tenant', async () => {
  await page.goto(`${ACME}/alerts/0193b000-0000-7000-8000-0000000000ff`)
  const look = page.getByRole('link', { name: 'Look in Blue Harbour' })
  await look.waitFor()
  expect(await look.getAttribute('href')).toBe(`${BLUE}/alerts/0193b000-0000-7000-8000-0000000000ff`)
})

test('a tenant of others is named as such, with the way to one’s own', async () => {
  await page.goto('/t/somebody-else-12345678/peers')
  await page.getByRole('heading', { name: 'a tenant that you are not a member of' }).waitFor()
  expect(await page.getByRole('table', { name: 'Peers' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Go to Acme Networks' }).click()
  await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
  await expect.poll(() => address(page)).toBe(ACME)
})

test('Back goes into the tenant before, and signing in to the one that was asked for', async ({ mock }) => {
  await page.goto(`${ACME}/events`)
  await isIn(page, 'Acme Networks')
  await page.getByRole('button', { name: /^Tenant: Acme/ }).click()
  await page.getByRole('menuitemradio', { name: /Blue Harbour/ }).click()
  await isIn(page, 'Blue Harbour')
  await expect.poll(() => address(page)).toBe(BLUE)
  await page.goBack()
  await isIn(page, 'Acme Networks')
  await expect.poll(() => address(page)).toBe(`${ACME}/events`)

  mock.scenario = 'signed-out'
  await page.goto(`${BLUE}/events`)
  await page.getByRole('textbox', { name: 'Email' }).fill('nora@acme.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('right')
  mock.scenario = 'full'
  await page.getByRole('button', { name: 'Sign in' }).click()
  await isIn(page, 'Blue Harbour')
  await expect.poll(() => address(page)).toBe(`${BLUE}/events`)
})

test('deleting one of two tenants goes on in the other', async () => {
  await page.goto(`${ACME}/settings/tenant`)
  await page.getByRole('button', { name: 'Delete tenant' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Acme Networks?' })
  await dialog.getByRole('textbox', { name: 'Type “Acme Networks”' }).fill('Acme Networks')
  await dialog.getByRole('textbox', { name: 'Your password' }).fill('right')
  await dialog.getByRole('button', { name: 'Delete Acme Networks' }).click()
  await page.getByText('Acme Networks is deleted. You are in Blue Harbour now.').waitFor()
  await isIn(page, 'Blue Harbour')
  await expect.poll(() => address(page)).toBe(BLUE)
})

test('a session that ends leaves the form as it is, under a dialog that opens it again', async ({ mock }) => {
  await page.goto(`${ACME}/rules/new`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Databases down')
  await page.getByRole('combobox', { name: 'Email recipients' }).fill('ops@acme.example,')
  mock.scenario = 'signed-out'
  mock.expired = true
  await page.getByRole('button', { name: 'Create rule' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sign in again' })
  await dialog.getByRole('textbox', { name: 'Password of netadmin@acme.example' }).fill('right')
  mock.scenario = 'full'
  mock.expired = false
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  // What was sent goes out now, and what was typed was all there.
  await page.getByText('Rule “Databases down” is watching.').waitFor()
  await expect.poll(() => address(page)).toBe(`${ACME}/rules`)
})

test('a form with changes is left only by who says so, and no press beside a dialog loses them', async () => {
  await page.goto(`${ACME}/rules/new`)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Databases down')
  await page.getByRole('link', { name: 'Events' }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click()
  expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Databases down')
  await page.getByRole('link', { name: 'Events' }).click()
  await page.getByRole('button', { name: 'Leave this page' }).click()
  await page.getByText('laptop-11').first().waitFor()

  await page.goto(`${ACME}/settings/members`)
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.mouse.click(5, 5)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('textbox', { name: 'Email' }).fill('lea@acme.example')
  await page.mouse.click(5, 5)
  await page.keyboard.press('Escape')
  expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe('lea@acme.example')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('no press beside a dialog loses an account’s new token, or the name of a view', async () => {
  await page.goto(`${ACME}/settings/accounts`)
  await page.getByRole('button', { name: /^Edit / }).first().click()
  const token = page.getByRole('textbox', { name: 'New token' })
  await token.fill('nbp_1')
  await page.mouse.click(5, 5)
  await page.keyboard.press('Escape')
  await expect(token).toHaveValue('nbp_1')
  await token.fill('')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.goto(`${ACME}/peers?status=offline`)
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view' }).click()
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' })
  await name.fill('Down at night')
  await page.mouse.click(5, 5)
  await page.keyboard.press('Escape')
  await expect(name).toHaveValue('Down at night')
})

test('without the server nothing is green, at once', async () => {
  await page.goto(ACME)
  await page.getByText('API works').waitFor()
  // Its code is loaded by then; its data is not.
  const loaded = page.waitForResponse(/EventsPage.*\.js$/)
  await page.getByRole('link', { name: 'Events', exact: true }).hover()
  await loaded
  await page.context().setOffline(true)
  await page.getByText(/^Not connected since \d\d:\d\d$/).waitFor()
  expect(await page.getByText('API works').count()).toBe(0)
  const colours = await page.evaluate<string[]>(`['--ok', '--muted'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))`)
  expect(colours[0]).toBe(colours[1])
  // A page that has nothing yet says so, instead of waiting for ever.
  await page.getByRole('link', { name: 'Events', exact: true }).click()
  await page.getByText('The server does not answer').waitFor()
  await page.context().setOffline(false)
  await page.getByText('laptop-11').first().waitFor()
  expect(await page.getByText('Not connected since').count()).toBe(0)
})

for (const [path, ready, left] of [
  ['/alerts?status=all', 'router-02 is offline', '/alerts'],
  ['/peers?status=bogus&sort=bogus', 'router-02', '/peers'],
  ['/peers?account=nope', 'router-02', '/peers'],
  ['/peers?status=offline,bogus&colour=red', 'router-02', '/peers?status=offline'],
  ['/settings/members?role=king', 'Jonas Weber', '/settings/members'],
] as const) {
  test(`what nobody understands is dropped from ${path}`, async () => {
    await page.goto(ACME + path)
    await page.getByText(ready).first().waitFor()
    await expect.poll(() => address(page)).toBe(ACME + left)
  })
}
