import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, inEachView, press, test, type Pages } from './stage'

const AT = '/access/since'

const PAGES: Pages = {
  'since-week': { path: AT, ready: 'Not everything is known of how it was' },
  'since-none': { path: `${AT}?of=acc-field&since=yesterday`, ready: 'Nothing opened or closed, as far as is known' },
}

const TELLING: Pages = {
  'since-early': { path: `${AT}?since=2020-01-01T00:00:00Z`, ready: 'Nothing is known of that time' },
  'since-gone': { path: `${AT}?of=acc-gone`, ready: 'This account is no longer there' },
  'since-failed': { scenario: 'failed', path: AT, ready: 'Could not load' },
  'since-forbidden': { scenario: 'forbidden', path: AT, ready: 'You do not have access to' },
  'since-slow': { scenario: 'slow', path: `${AT}?of=acc-hq`, ready: 'Loading the difference' },
  'since-long': { scenario: 'long-names', path: AT, ready: 'of-the-warehouse' },
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

  test('what is too much, and what is left out', async ({ mock, see }) => {
    mock.difference = 'too-large'
    await see('since-too-large', { path: AT, ready: 'choose a later moment' })
    mock.difference = 'cut'
    await see('since-cut', { path: AT, ready: '1,240 older changes not listed here' })
    mock.difference = 'read-anew'
    await see('since-reading', { path: `${AT}?since=yesterday`, ready: 'The network is being read anew' })
  })
})

const search = (page: Page) => expect.poll(() => new URL(page.url()).search)

test('since when is chosen, all of it in the address, and Back undoes it', async ({ visit }) => {
  const page = await visit('/access')
  await page.getByRole('main').getByRole('link', { name: 'What opened since' }).click()
  await page.getByText('pairs opened').waitFor()
  await search(page).toBe('?of=acc-hq')
  const presets = page.getByRole('navigation', { name: 'Since' })
  await presets.getByRole('link', { name: 'Yesterday' }).click()
  await search(page).toContain('since=yesterday')
  const field = page.getByLabel('Since when')
  const now = new Date(Date.now() - 3_600_000)
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  await field.fill(local)
  await field.press('Enter')
  await search(page).toMatch(/since=\d{4}-\d\d-\d\dT\d\d:\d\d:00Z/)
  await page.getByText('Nothing that says who can reach what was changed, as far as is known.').waitFor()
  await page.goBack()
  await search(page).toContain('since=yesterday')
  await field.fill('2020-01-01T08:00')
  await press('Show')(page)
  await page.getByText('Must not be before the account was connected').waitFor()
  await page.getByRole('link', { name: 'Since it was connected' }).waitFor()
})

test('what changed is told with by whom, and leads to the log and back', async ({ visit }) => {
  const page = await visit(`${AT}?of=acc-hq`)
  await page.getByText('By admin (').waitFor()
  const saved = page.waitForEvent('download')
  await press('Save these changes as CSV')(page)
  expect(await readFile(await (await saved).path(), 'utf8')).toContain('ports: 443 added')
  const table = page.waitForEvent('download')
  await press('CSV of all pairs')(page)
  const pairs = await table
  expect(pairs.suggestedFilename()).toMatch(/^access-since-pairs-.*\.csv$/)
  const lines = (await readFile(await pairs.path(), 'utf8')).trim().split('\r\n')
  expect(lines[0]).toBe('what,certain,from,to,on')
  expect(lines.filter((line) => line.startsWith('opens,')).length).toBeGreaterThan(0)
  await page.getByRole('link', { name: /ports: 443 added/ }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'What opened since then' }).click()
  await search(page).toMatch(/^\?of=acc-hq&since=.*Z/)
  await page.getByText('What was changed').waitFor()
})

test('the change log leads to it', async ({ visit }) => {
  const page = await visit('/changes')
  await page.getByRole('main').getByRole('link', { name: 'What opened since' }).click()
  await page.getByText('What was changed').waitFor()
  await search(page).toBe('?of=acc-hq')
})

test('without a connection the answer stays, and is not said to be fresh', async ({ visit }) => {
  const page = await visit(AT)
  await page.getByText('pairs opened').waitFor()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Check again' }).click()
  await page.getByText(/^Not refreshed since/).waitFor()
  await page.getByText('pairs opened').waitFor()
})
