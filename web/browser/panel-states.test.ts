import type { Page } from '@playwright/test'
import { axeViolations, expect, screenshot, test } from './stage'

let page: Page

test.beforeEach(async ({ open }) => {
  page = await open()
})

const panel = (name: string) => page.getByRole('dialog', { name })
const asked = () => new URL(page.url()).searchParams.get('peer')

test('a link to a peer far down a list opens it, though nobody has come to its page', async ({ mock }) => {
  mock.scenario = 'many'
  await page.goto('/peers?sort=name&peer=acc-hq/peer-20379')
  await panel('laptop-20379').getByText('Connects from').waitFor()
  expect(asked()).toBe('acc-hq/peer-20379')
})

test('one that there is no more is told of as such', async () => {
  await page.goto('/peers?peer=acc-hq/peer-gone')
  await panel('Peer').getByText('No such peer').waitFor()
  await panel('Peer').getByRole('link', { name: 'All peers' }).click()
  await panel('Peer').waitFor({ state: 'detached' })
})

test('the list goes on beside an open peer: j and k open the next one, Esc closes it', async () => {
  await page.goto('/peers')
  const names = page.getByRole('table', { name: 'Peers' }).getByRole('row').getByRole('link')
  await names.first().waitFor()
  const [first, second] = await names.allInnerTexts()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await panel(first ?? '').getByText('Connects from').waitFor()
  await page.keyboard.press('j')
  await panel(second ?? '').getByText('Connects from').waitFor()
  await screenshot(page, 'panel-beside')
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('k')
  await panel(first ?? '').waitFor()
  await page.keyboard.press('j')
  await panel(second ?? '').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(asked).toBeNull()
  expect(await page.evaluate('document.activeElement.textContent')).toBe(second)
})

test('on a narrow window it is a dialog over the page', async () => {
  await page.setViewportSize({ width: 1024, height: 800 })
  await page.goto('/peers?peer=acc-hq/peer-0')
  const sheet = page.getByRole('dialog')
  await sheet.getByText('Connects from').waitFor()
  await page.mouse.click(20, 400)
  await sheet.waitFor({ state: 'detached' })
})
