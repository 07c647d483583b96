import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, inEachView, press, screenshot, test, type Pages } from './stage'

const at = (number: number | string) => `/access/reviews/0193f300-0000-7000-8000-${String(number).padStart(12, '0')}`

const PAGES: Pages = {
  'review-partly': { path: at(1), ready: 'The network differs from what was signed' },
  'review-open': { path: at(2), ready: 'Not everything was known when it was written down' },
}

const TELLING: Pages = {
  'review-gone': { path: at(3), ready: 'The account that it is about is not connected any more.' },
  'review-unknown': { path: at(4), ready: 'Whether the network is still so is not known' },
  'review-none': { path: at(99), ready: 'No such access review' },
  'review-viewer': { scenario: 'viewer', path: at(1), ready: 'Contractors have no business here.' },
  'review-failed': { scenario: 'failed', path: at(1), ready: 'Could not load the access review' },
  'review-forbidden': { scenario: 'forbidden', path: at(1), ready: 'You do not have access to the access review' },
  'review-slow': { scenario: 'slow', path: at(1), ready: 'Loading the access review' },
  'review-long': { scenario: 'long-names', path: at(1), ready: 'for the warehouse in Lyon' },
}

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  for (const [name, page] of Object.entries(TELLING)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('its dialogs', async ({ see }) => {
    await see('review-sign', { path: at(1), ready: 'Contractors have no business here.', act: press('Sign off all') })
    await see('review-edit', { path: at(2), ready: 'Before the contractors come', act: press('Edit') })
  })
})

const dialog = (page: Page) => page.getByRole('dialog')
const inDialog = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true })
const search = (page: Page) => expect.poll(() => new URL(page.url()).search)
const isAt = (page: Page) => expect.poll(() => new URL(page.url()).pathname)
const sent = (page: Page, method: string) => page.waitForRequest((request) => request.method() === method && request.url().includes('/api/access/reviews'))

test('a review is made of groups and resources that are found by their names', async ({ visit }) => {
  const page = await visit('/access/reviews')
  await page.getByRole('link', { name: 'New review' }).click()
  await press('Create review')(page)
  await page.getByText('Give it a name.').waitFor()
  await page.getByText('Choose a group or a resource.').waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill('large')
  const groups = page.getByRole('combobox', { name: 'Groups' })
  await groups.fill('serv')
  await page.getByRole('option', { name: /^servers/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: /Network resources/ }).fill('wiki')
  await page.getByRole('option', { name: /^wiki/ }).click()
  await press('Create review')(page)
  await page.getByText(/may have at most 250000/).waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill('Servers and wiki')
  const request = sent(page, 'POST')
  await press('Create review')(page)
  expect((await request).headers()['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  await isAt(page).toContain(at(1))
})

test('one subject is signed, and then all of it', async ({ visit }) => {
  const page = await visit(at(2))
  await press('Sign off servers')(page)
  await dialog(page).getByRole('combobox', { name: 'Decision' }).selectOption('change_needed')
  const comment = dialog(page).getByRole('textbox', { name: 'Comment' })
  await comment.fill('late')
  await inDialog(page, 'Sign off').click()
  await dialog(page).getByText('Nothing was signed').waitFor()
  await comment.fill('Contractors out.')
  const request = sent(page, 'POST')
  await inDialog(page, 'Sign off').click()
  expect((await request).headers()['if-match']).toBe('"3"')
  await page.getByRole('listitem').filter({ hasText: 'Contractors out.' }).getByText('Change needed').waitFor()
  await page.getByText('1 of 3 signed, 1 needs a change').first().waitFor()
  await press('Sign off all')(page)
  await inDialog(page, 'Sign off').click()
  await page.getByText('3 of 3 signed').first().waitFor()
  expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0)
})

test('its rows are narrowed, all of it in the address, and lead to policies', async ({ visit }) => {
  const page = await visit(at(1))
  await page.getByText('28 rows', { exact: true }).waitFor()
  await page.getByRole('list', { name: 'Groups and resources' }).getByRole('link', { name: 'servers' }).click()
  await search(page).toBe('?subject=group:group-acc-hq-servers')
  await page.getByText('15 rows', { exact: true }).waitFor()
  await page.goBack()
  await page.goto(`${at(1)}?certain=false`)
  await page.getByText('3 rows', { exact: true }).waitFor()
  await page.goto(`${at(1)}?subject=nonsense&certain=maybe`)
  await search(page).toBe('')
  await page.getByRole('table', { name: 'Who reaches what' }).getByRole('link', { name: 'Laptops to servers, rule 1' }).first().click()
  await isAt(page).toMatch(/\/policies\/laptops$/)
})

test('all parts of an export are one file', async ({ visit }) => {
  const page = await visit(at(1))
  await press('Export')(page)
  const saved = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Spreadsheet (CSV)' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/^access-review-databases-and-servers-fourth-quarter-\d{4}-\d\d-\d\d\.csv$/)
  expect(await readFile(await file.path(), 'utf8')).toBe('\uFEFFsubject,peer\r\ndb,laptop-01\r\nservers,laptop-02\r\n')
})

test('on paper there is the review alone, with its rows, its digest and who signed it', async ({ visit }) => {
  const page = await visit(at(1))
  await page.getByText('28 rows', { exact: true }).waitFor()
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await press('Print')(page)
  await page.locator('body[data-printed]').waitFor()
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('[data-print]')
  await paper.getByRole('heading', { name: 'Access review: Databases and servers, fourth quarter', includeHidden: true }).waitFor()
  for (const words of ['Nora Adler', 'Change needed', 'Laptops to servers, rule 1', '9f86d081884c7d65', 'The network differs from what is written down here.', 'HQ']) {
    expect(await paper.innerText(), words).toContain(words)
  }
  expect(await paper.getByRole('row', { includeHidden: true }).count()).toBeGreaterThan(28)
  expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false)
  await screenshot(page, 'review-print')
})

test('it is renamed until somebody signs, and deleted once that is confirmed', async ({ visit }) => {
  const page = await visit(at(2))
  await press('Edit')(page)
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Before they come')
  await inDialog(page, 'Save changes').click()
  await page.getByRole('heading', { name: 'Before they come' }).first().waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Delete', exact: true }).click()
  const request = sent(page, 'DELETE')
  await page.getByRole('button', { name: /^Delete “/ }).click()
  expect((await request).headers()['if-match']).toBe('"4"')
  await page.getByRole('table', { name: 'Access reviews' }).waitFor()
})

test('a viewer reads it, and is offered nothing that they may not', async ({ mock, visit }) => {
  mock.scenario = 'viewer'
  const page = await visit(at(1))
  await page.getByRole('button', { name: 'Print', exact: true }).waitFor()
  for (const name of ['Sign off all', 'Sign off wiki', 'Edit', 'Delete']) expect(await page.getByRole('button', { name, exact: true }).count(), name).toBe(0)
})
