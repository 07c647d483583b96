import type { Page } from '@playwright/test'
import { expect, test } from './stage'

const ACME = '/t/acme-networks-00000000'
const BLUE = '/t/blue-harbour-0000000b'

let page: Page

test.beforeEach(async ({ open }) => {
  page = await open()
})

const isIn = (tenant: string) => page.getByRole('button', { name: `Tenant: ${tenant}` }).waitFor()
const address = () => page.url().replace(/^https?:\/\/[^/]+/, '')
const ruleName = () => page.getByRole('textbox', { name: 'Name', exact: true })

async function typeARule(): Promise<void> {
  await page.goto(`${ACME}/rules/new`)
  await ruleName().fill('Databases down')
}

async function choose(item: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Tenant: Acme/ }).click()
  await page.getByRole('menuitemradio', { name: item }).or(page.getByRole('menuitem', { name: item })).click()
}

const question = () => page.getByRole('dialog', { name: 'Leave without saving?' })

test('another tenant is gone into by who agrees to lose what the form holds, and under its own address', async () => {
  await typeARule()
  await choose(/Blue Harbour/)
  await question().getByRole('button', { name: 'Stay' }).click()
  await isIn('Acme Networks')
  expect(address()).toBe(`${ACME}/rules/new`)
  expect(await ruleName().inputValue()).toBe('Databases down')

  await choose(/Blue Harbour/)
  await question().getByRole('button', { name: 'Leave this page' }).click()
  await isIn('Blue Harbour')
  await expect.poll(address).toBe(BLUE)
  await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
})

test('so is one that is created', async () => {
  await typeARule()
  await choose(/Create a tenant/)
  await question().getByRole('button', { name: 'Leave this page' }).click()
  await page.getByRole('dialog', { name: 'Create a tenant' }).waitFor()
})

test('a form of somebody who is not here any more holds nobody up', async () => {
  await typeARule()
  await page.route('**/api/auth/refresh', async (route) => {
    const response = await route.fetch()
    const answer = (await response.json()) as { user: { id: string; name: string } }
    await route.fulfill({ response, json: { ...answer, user: { ...answer.user, id: '0193a000-0000-7000-8000-0000000000fe', name: 'Lea Marchetti' } } })
  })
  await page.evaluate(`new BroadcastChannel('netbird-platform.session').postMessage({ kind: 'signed-in', userId: '0193a000-0000-7000-8000-0000000000fe' })`)
  await page.getByText('You are Lea Marchetti now, who signed in in another tab.').waitFor()
  await expect.poll(address).toBe(ACME)
  await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
})
