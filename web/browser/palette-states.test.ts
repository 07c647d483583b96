import type { Page } from '@playwright/test'
import { axeViolations, expect, test } from './stage'

const search = (page: Page) => page.getByRole('combobox', { name: 'Search or run a command' })
const marked = (page: Page) => page.getByRole('option', { selected: true })

async function openPalette(page: Page, typed: string): Promise<void> {
  await page.getByRole('button', { name: 'Search or run a command' }).click()
  await search(page).fill(typed)
}

test('an alert that is found is acknowledged from the palette', async ({ visit }) => {
  const page = await visit('/events')
  await openPalette(page, 'router-02 is off')
  await page.getByRole('option', { name: /^router-02 is offline/ }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await search(page).fill('acknowledge router-02')
  await expect(marked(page)).toHaveText(/^Acknowledge: router-02 is offline/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Acknowledge alert' }).getByRole('button', { name: 'Acknowledge' }).click()
  await page.getByText('Acknowledged “router-02 is offline”.').waitFor()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  // The page below is as it was, and its keys work again.
  await openPalette(page, '')
  await expect(page.getByRole('option', { name: /^Acknowledge: / })).toHaveCount(0)
})

test('a rule is switched, an account synced and somebody invited without a page of theirs', async ({ visit }) => {
  const page = await visit('/events')
  await openPalette(page, 'turn off routing peer')
  await expect(marked(page)).toHaveText(/^Turn off: Routing peer down/)
  await page.keyboard.press('Enter')
  await page.getByText(/Routing peer down.* is off/).waitFor()
  await openPalette(page, 'sync now HQ')
  await expect(marked(page)).toHaveText(/^Sync now: HQ/)
  await page.keyboard.press('Enter')
  await page.getByText('Sync of HQ started.').waitFor()
  await openPalette(page, 'invite')
  await page.getByRole('option', { name: /^Invite somebody/ }).click()
  await page.getByRole('dialog', { name: 'Invite' }).getByRole('textbox', { name: 'Email' }).waitFor()
})

test('peers that are found late move no mark, and Enter runs what is marked', async ({ visit }) => {
  const page = await visit('/events')
  let answer: (now: undefined) => void = () => undefined
  const held = new Promise<undefined>((resolve) => {
    answer = resolve
  })
  await page.route(/\/api\/netbird\/peers\?.*search=router/, async (route) => {
    await held
    await route.continue()
  })
  await openPalette(page, 'router')
  await page.getByRole('option', { name: /^Acknowledge: router-02 is offline/ }).hover()
  await expect(marked(page)).toHaveText(/^Acknowledge: router-02/)
  await expect(page.getByRole('option', { name: /\(Peers\)$/ })).toHaveCount(0)
  answer(undefined)
  await page.getByRole('option', { name: /\(Peers\)$/ }).first().waitFor()
  await expect(marked(page)).toHaveText(/^Acknowledge: router-02/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Acknowledge alert' }).waitFor()
})

test('of a hundred accounts one is found by typing', async ({ open }) => {
  const page = await open()
  await page.route('**/api/netbird/accounts', async (route) => {
    const response = await route.fetch()
    const [first] = (await response.json()) as [object]
    await route.fulfill({ response, json: Array.from({ length: 100 }, (_, index) => ({ ...first, id: `acc-${index}`, name: `Site ${index}` })) })
  })
  await page.goto('/peers')
  await page.getByRole('button', { name: 'Account: All accounts' }).click()
  await page.getByRole('combobox', { name: 'Account' }).fill('site 97')
  await expect(page.getByRole('option')).toHaveCount(1)
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Account: Site 97' }).waitFor()
  await expect.poll(() => new URL(page.url()).search).toBe('?account=acc-97')
  await page.getByRole('button', { name: 'Account: Site 97' }).click()
  await expect(marked(page)).toHaveText('Site 97')
  await page.getByRole('combobox', { name: 'Account' }).fill('nowhere')
  await page.getByText('No account is called that.').waitFor()
})
