import type { Page } from '@playwright/test'
import type { AccessChange, AccessProposalNow } from '../src/api/types'
import { expect, inEachView, press, test, type Pages } from './stage'

const at = (number: number | string) => `/access/proposals/0193f100-0000-7000-8000-${String(number).padStart(12, '0')}`

const OFF: AccessChange = { type: 'policy_switch', id: 'wiki', enabled: false }
const TRIED = `/access/change?of=acc-hq&changes=${Buffer.from(JSON.stringify([OFF])).toString('base64url')}&show=1`

const PAGES: Pages = {
  'proposal-applies': { path: at(3), ready: 'Thursday night, please.' },
  'proposal-stale': { path: at(2), ready: 'Something it touches has changed since it was tried' },
  'proposal-gone': { path: at(4), ready: 'This cannot be carried out any more' },
  'proposal-in-place': { path: at(5), ready: 'Already in place' },
  'proposal-unknown': { path: at(6), ready: 'What it would do now is not known' },
}

const TELLING: Pages = {
  'proposal-none': { path: at(99), ready: 'No such proposal' },
  'proposal-viewer': { scenario: 'viewer', path: at(1), ready: 'Discussion' },
  'proposal-failed': { scenario: 'failed', path: at(1), ready: 'Could not load the proposal' },
  'proposal-forbidden': { scenario: 'forbidden', path: at(1), ready: 'You do not have access to the proposal' },
  'proposal-slow': { scenario: 'slow', path: at(1), ready: 'Loading the proposal' },
  'proposal-long': { scenario: 'long-names', path: at(1), ready: 'for the warehouse in Lyon' },
}

const dialog = (page: Page) => page.getByRole('dialog')
const inDialog = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true })
const shown = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true })
const isAt = (page: Page) => expect.poll(() => new URL(page.url()).pathname)
const sent = (page: Page, method: string) => page.waitForRequest((request) => request.method() === method && request.url().includes('/api/access/proposals'))

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
    await see('proposal-approve', { path: at(1), ready: 'Discussion', act: press('Approve') })
    await see('proposal-save', { path: TRIED, ready: '3 pairs close', act: press('Save as proposal') })
  })
})

test('a tried change is saved as a proposal', async ({ visit }) => {
  const page = await visit(TRIED)
  await press('Save as proposal')(page)
  await inDialog(page, 'Propose').click()
  await page.getByText('Give it a title.').waitFor()
  const title = dialog(page).getByRole('textbox', { name: 'Title' })
  await title.fill('taken')
  await inDialog(page, 'Propose').click()
  await dialog(page).getByText('The proposal was not saved').waitFor()
  await title.fill('No wiki for contractors')
  const request = sent(page, 'POST')
  await inDialog(page, 'Propose').click()
  await request
  await page.getByText('“No wiki for contractors” is proposed.').waitFor()
  await isAt(page).toContain(at(1))
})

test('a comment is added to what was said', async ({ visit }) => {
  const page = await visit(at(1))
  await page.getByRole('textbox', { name: 'Comment' }).fill('Then let us do it.')
  const request = sent(page, 'POST')
  await press('Add comment')(page)
  expect((await request).headers()['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  await page.getByRole('list', { name: 'Discussion' }).getByText('Then let us do it.').waitFor()
  await expect.poll(() => page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('')
})

for (const [number, verb, done, did] of [
  [1, 'Approve', 'is approved', 'approved this'],
  [1, 'Reject', 'is rejected', 'rejected this'],
  [3, 'Close', 'is closed', 'closed this'],
  [6, 'Reopen', 'is open again', 'reopened this'],
] as const) {
  test(`proposal ${number}: ${verb} is asked once more, and done`, async ({ visit }) => {
    const page = await visit(at(number))
    await shown(page, verb).click()
    await dialog(page).getByRole('textbox', { name: 'Message' }).fill('As we said.')
    const request = sent(page, 'POST')
    // The dialog's cross is called "Close" too.
    await inDialog(page, verb).last().click()
    expect((await request).headers()['if-match']).toBe('"3"')
    await page.getByText(done).first().waitFor()
    await page.getByRole('list', { name: 'Discussion' }).getByRole('listitem').filter({ hasText: did }).filter({ hasText: 'As we said.' }).waitFor()
  })
}

test('whoever decides too late is told so', async ({ visit }) => {
  const page = await visit(at(1))
  await shown(page, 'Approve').click()
  await dialog(page).getByRole('textbox', { name: 'Message' }).fill('late')
  await inDialog(page, 'Approve').click()
  await dialog(page).getByText('Nothing was decided').waitFor()
})

test('nobody approves their own, unless nobody else may', async ({ visit }) => {
  const page = await visit(at(2))
  await page.getByText('so somebody else approves it').waitFor()
  expect(await shown(page, 'Approve').count()).toBe(0)
  await page.route(`**/api${at(2)}`, async (route) => {
    const response = await route.fetch()
    const found = (await response.json()) as AccessProposalNow
    await route.fulfill({ response, json: { ...found, proposal: { ...found.proposal, soleApprover: found.proposal.createdBy.id } } })
  })
  await page.reload()
  await shown(page, 'Approve').click()
  await dialog(page).getByText('nobody else may approve').waitFor()
})

test('it is edited where changes are tried, and saved unless somebody was quicker', async ({ visit }) => {
  const page = await visit(at(2))
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await page.getByText('These are the changes of the proposal').waitFor()
  await press('Save to the proposal')(page)
  const title = dialog(page).getByRole('textbox', { name: 'Title' })
  expect(await title.inputValue()).toBe('Switch the wiki off for contractors')
  await page.route(`**/api${at(2)}`, (route) =>
    route.request().method() === 'PUT' ? route.fulfill({ status: 412, contentType: 'application/problem+json', json: { type: 'https://example.com/precondition-failed', title: 'Changed meanwhile', status: 412, detail: 'It was changed meanwhile.' } }) : route.continue(),
  )
  await inDialog(page, 'Save changes').click()
  await dialog(page).getByText('The proposal was not saved').waitFor()
  await page.unroute(`**/api${at(2)}`)
  const request = sent(page, 'PUT')
  await inDialog(page, 'Save changes').click()
  expect((await request).headers()['if-match']).toBe('"3"')
  await isAt(page).toContain(at(2))
})

test('it is deleted once that is confirmed', async ({ visit }) => {
  const page = await visit(at(3))
  await shown(page, 'Delete').click()
  const request = sent(page, 'DELETE')
  await page.getByRole('button', { name: /^Delete “/ }).click()
  expect((await request).headers()['if-match']).toBe('"3"')
  await page.getByRole('table', { name: 'Proposals' }).waitFor()
})

test('a viewer reads it, and is offered nothing that they may not', async ({ mock, visit }) => {
  mock.scenario = 'viewer'
  const page = await visit(at(1))
  await shown(page, 'Copy link').waitFor()
  for (const name of ['Approve', 'Reject', 'Close', 'Delete', 'Add comment']) expect(await shown(page, name).count(), name).toBe(0)
  expect(await page.getByRole('link', { name: 'Edit', exact: true }).count()).toBe(0)
})
