import { readFile } from 'node:fs/promises'
import { axeViolations, expect, inEachView, test } from './stage'

inEachView(() => {
  test('the choice between a download and a file', async ({ see }) => {
    await see('audit-export-choice', {
      path: '/audit?action=rule',
      ready: 'Changed a rule',
      act: async (page) => {
        await page.getByRole('button', { name: 'Export' }).click()
        await page.getByText('For a long trail, in the background').waitFor()
      },
    })
    await see('audit-export-delete', {
      path: '/audit/exports',
      ready: 'Being written',
      act: async (page) => {
        await page.getByRole('button', { name: /^Stop and delete/ }).click()
        await page.getByText('What is written so far is deleted.').waitFor()
      },
    })
  })
})

test('a file of what the filters show is written, tells how far it is, and is downloaded', async ({ visit }) => {
  const page = await visit('/audit?action=rule', { ready: 'Changed a rule' })
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Have a CSV file written' }).click()
  await page.waitForURL(/\/audit\/exports$/)
  const table = page.getByRole('table', { name: 'Exports' })
  const row = table.getByRole('row').nth(1)
  await row.getByText('Anything about rules').waitFor()
  await row.getByText(/ so far$/).waitFor()
  await row.getByText('Ready').waitFor()
  await row.getByText('360,000', { exact: true }).waitFor()
  await table.getByText('0f'.repeat(32)).waitFor()
  await row.getByText('in 7 d').waitFor()
  const file = page.waitForEvent('download')
  await row.getByRole('button', { name: /^Download audit-/ }).click()
  const saved = await file
  expect(saved.suggestedFilename()).toMatch(/^audit-\d{4}-\d{2}-\d{2}\.csv$/)
  expect(await readFile(await saved.path(), 'utf8')).toBe('time,user\r\n')
  expect(page.url()).toMatch(/\/audit\/exports$/)
  expect(await axeViolations(page)).toEqual([])
})

test('each says what became of it, and one is deleted after a question', async ({ visit }) => {
  const page = await visit('/audit/exports', { ready: 'Being written' })
  const table = page.getByRole('table', { name: 'Exports' })
  await table.getByText('Anything about rules, by Jonas Weber, since 1 Oct 2026').waitFor()
  await table.getByText('No file was written: it would be larger than a file may be: narrow it by time.').waitFor()
  await table.getByText(/^The file was deleted 2 d ago/).waitFor()
  expect(await table.getByRole('button', { name: /^Download/ }).count()).toBe(2)
  await table.getByRole('button', { name: /^Delete/ }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the export' }).click()
  await table.getByText('by Jonas Weber').waitFor({ state: 'detached' })
  await page.getByText('is deleted.').waitFor()
  expect(await table.getByRole('button', { name: /^Download/ }).count()).toBe(1)
})

test('a fourth file is refused with the reason, and nothing is lost', async ({ visit }) => {
  const page = await visit('/audit', { ready: 'Acknowledged an alert' })
  await page.route('**/api/audit/exports', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ type: 'conflict', title: 'Conflict', status: 409, detail: '3 exports are being written already: wait for one of them' }) })
      : route.continue(),
  )
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Have a JSON Lines file written' }).click()
  const failure = page.getByRole('alert')
  await failure.getByText('No file is written').waitFor()
  await failure.getByText('3 exports are being written already').waitFor()
  expect(new URL(page.url()).pathname).toMatch(/\/audit$/)
})

test('a link that cannot be had is said, and the list stays', async ({ visit }) => {
  const page = await visit('/audit/exports', { ready: 'Being written' })
  const table = page.getByRole('table', { name: 'Exports' })
  await page.route(/\/api\/audit\/exports\/.+/, (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ type: 'not-found', title: 'Not found', status: 404, detail: 'There is no such export.' }) }))
  await table.getByRole('button', { name: /^Download/ }).first().click()
  await page.getByRole('alert').getByText('The file was not downloaded').waitFor()
  await table.getByText('Being written').waitFor()
})
