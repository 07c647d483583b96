import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axeViolations, expect, inEachView, screenshot, test } from './stage'

const NORA = '0193a000-0000-7000-8000-000000000001'

const at = (page: Page) => expect.poll(() => new URL(page.url()).search)

const summary = (page: Page) => page.getByRole('region', { name: 'Summary' })

async function save(page: Page, format: string) {
  await page.getByRole('button', { name: 'Export' }).click()
  const file = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: format, exact: true }).click()
  const saved = await file
  return { name: saved.suggestedFilename(), text: await readFile(await saved.path(), 'utf8') }
}

inEachView(() => {
  test('the summary', async ({ see }) => {
    await see('audit-summary', { scenario: 'many', path: '/audit?summary=1', ready: 'What was done most' })
    await see('audit-summary-empty', { path: '/audit?summary=1&search=no+such+thing', ready: 'Nothing that the filters show was done in this time.' })
    await see('audit-summary-part', { scenario: 'many', path: '/audit?summary=1&time=2020-01-01..', ready: 'A longer trail is not summed up' })
    await see('audit-summary-waiting', { path: '/audit?summary=1&search=uncounted', ready: 'Loading the summary' })
    await see('audit-summary-failed', { path: '/audit?summary=1&search=unsummed', ready: 'Could not load the summary' })
    await see('audit-summary-forbidden', { scenario: 'forbidden', path: '/audit?summary=1', ready: 'You do not have access to the summary' })
  })

  test('the verification', async ({ see }) => {
    await see('audit-verified', { path: '/audit?verify=2026-10', ready: 'Nothing was changed or removed' })
    await see('audit-broken', { path: '/audit?verify=2026-02', ready: 'The trail was changed' })
    await see('audit-unsealed', { path: '/audit?verify=2026-03', ready: 'Not every entry has a seal' })
    await see('audit-verified-empty', { path: '/audit?verify=2025-12', ready: 'Nothing was written in December 2025.' })
    await see('audit-verification-waiting', { path: '/audit?verify=2026-04', ready: 'Loading the verification' })
    await see('audit-verification-failed', { path: '/audit?verify=2026-05', ready: 'Could not load the verification' })
  })

  test('an export', async ({ see }) => {
    await see('audit-export', {
      path: '/audit?action=rule',
      ready: 'Changed a rule',
      act: async (page) => {
        await page.getByRole('button', { name: 'Export' }).click()
        await page.getByText('The entries shown by the filters, as').waitFor()
      },
    })
    await see('audit-export-failed', {
      path: '/audit?search=unsaved',
      ready: 'No entry matches',
      act: async (page) => {
        await page.getByRole('button', { name: 'Export' }).click()
        await page.getByRole('menuitem', { name: 'JSON Lines', exact: true }).click()
        await page.getByRole('alert').getByText('The audit trail was not saved').waitFor()
      },
    })
  })
})

test('the summary is in the address, and each of its lines is a filter of both', async ({ visit }) => {
  const page = await visit('/audit', { ready: 'Acknowledged an alert' })
  const button = page.getByRole('button', { name: 'Summary' })
  await button.click()
  await at(page).toBe('?summary=1')
  await summary(page).getByText('9 entries in the last 30 days').waitFor()
  await summary(page).getByRole('region', { name: 'Who did most' }).getByRole('link', { name: 'Jonas Weber' }).click()
  await at(page).toBe('?user=0193a000-0000-7000-8000-000000000101&summary=1')
  await summary(page).getByText('2 entries in the last 30 days').waitFor()
  await page.getByRole('button', { name: 'Remove filter Who: Jonas Weber' }).click()
  await summary(page).getByRole('region', { name: 'To what' }).getByRole('link', { name: 'Rule' }).click()
  await at(page).toBe('?action=rule&summary=1')
  // Its kind says no more of an action that is chosen.
  await summary(page).getByText('2 entries in the last 30 days').waitFor()
  expect(await summary(page).getByRole('region', { name: 'To what' }).getByRole('link').count()).toBe(0)
  await summary(page).getByRole('link', { name: 'Changed a rule' }).click()
  await at(page).toBe('?action=rule.update&summary=1')
  await page.goBack()
  await at(page).toBe('?action=rule&summary=1')
  await page.getByRole('button', { name: 'Summary', expanded: true }).click()
  await at(page).toBe('?action=rule')
  await summary(page).waitFor({ state: 'detached' })
  // An action of a newer server, and what nobody understands.
  await page.goto('/audit?summary=yes&ip=here&session=7')
  await page.getByRole('link', { name: 'moon.land' }).waitFor()
  expect(await summary(page).count()).toBe(0)
  expect(await page.getByRole('button', { name: /^Remove filter/ }).count()).toBe(0)
})

test('the days are read out under the pointer and by keys, those without anything among them', async ({ visit }) => {
  const page = await visit('/audit?summary=1', { scenario: 'many', ready: 'What was done most' })
  const chart = summary(page).getByRole('figure', { name: 'Entries by day' })
  const box = await chart.boundingBox()
  if (!box) throw new Error('no chart')
  const read = () => chart.locator('figcaption').innerText()
  const most = await read()
  expect(most).toMatch(/^Most: .*, UTC: \d+ entries$/)
  await page.mouse.move(box.x + box.width - 4, box.y + box.height / 2)
  await expect.poll(read).toMatch(/^\d.*, UTC: \d+ entr/)
  await page.mouse.move(0, 0)
  await expect.poll(read).toBe(most)

  const slider = chart.getByRole('slider')
  await slider.focus()
  await page.keyboard.press('End')
  const words = () => slider.getAttribute('aria-valuetext')
  const days = new Set<string>()
  let total = 0
  for (let index = 0; index < 31; index += 1) {
    const said = (await words()) ?? ''
    days.add(said)
    total += Number(/: ([\d,]+) entr/.exec(said)?.[1])
    await page.keyboard.press('ArrowLeft')
  }
  expect(days.size).toBe(31)
  expect([...days].filter((said) => said.endsWith('UTC: 0 entries')).length).toBeGreaterThan(3)
  await summary(page).getByText(`${total} entries in the last 30 days`).waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('the trail is searched, and narrowed to the session and the address of an entry', async ({ visit }) => {
  const page = await visit('/audit', { ready: 'Acknowledged an alert' })
  await page.getByRole('searchbox', { name: 'Search entries' }).fill('TRANQUILITY')
  await at(page).toBe('?search=TRANQUILITY')
  await page.getByRole('link', { name: 'Acknowledged an alert' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'moon.land' }).click()
  await page.getByRole('link', { name: 'Everything from this address' }).click()
  await at(page).toBe('?ip=203.0.113.20')
  await page.getByRole('link', { name: 'Invited a member' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Signed in' }).click()
  await page.getByRole('link', { name: 'Everything in this session' }).click()
  await at(page).toBe('?session=0193a000-0000-7000-8000-00000000005e')

  // What is no address is not taken for one.
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Address' }).click()
  const typed = page.getByRole('searchbox', { name: 'Search address' })
  await typed.fill('203.0.113')
  await page.getByText('Type an address, such as').waitFor()
  await typed.press('Enter')
  await typed.fill('2001:db8:85a3::8a2e:370:7334')
  await typed.press('Enter')
  await at(page).toBe('?session=0193a000-0000-7000-8000-00000000005e&ip=2001:db8:85a3::8a2e:370:7334')
  await page.getByRole('button', { name: 'Remove filter Address: 2001:db8:85a3::8a2e:370:7334' }).waitFor()
})

test('what the filters show is saved whole, as a table or as lines', async ({ visit }) => {
  const page = await visit(`/audit?user=${NORA}`, { scenario: 'many', ready: 'Acknowledged an alert' })
  const table = await save(page, 'Spreadsheet (CSV)')
  expect(table.name).toMatch(/^audit-acme-networks-\d{4}-\d\d-\d\d\.csv$/)
  // The mark tells a spreadsheet that this is UTF-8.
  expect(table.text).toMatch(/^\uFEFFtime,user,/)
  const rows = table.text.split('\r\n').length - 2
  await page.getByText(`${rows} entries saved: those shown by the filters.`).waitFor()
  // More than are listed so far, and than one part has.
  const lines = await save(page, 'JSON Lines')
  expect(lines.name).toMatch(/\.jsonl$/)
  expect(lines.text.trim().split('\n').length).toBe(rows)
  expect(new Set(lines.text.trim().split('\n').map((line) => (JSON.parse(line) as { user: { id: string } }).user.id))).toEqual(new Set([NORA]))

  await page.goto('/audit')
  const whole = await save(page, 'JSON Lines')
  const entries = whole.text.trim().split('\n').length
  expect(entries).toBeGreaterThan(800)
  await page.getByText(`${entries} entries saved: the whole audit trail.`).waitFor()
  await page.goto('/settings/tenant')
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download the whole audit trail' }).click()
  expect(await readFile(await (await file).path(), 'utf8')).toBe(whole.text)
  await page.getByText(`${entries} entries saved`).waitFor()
})

test('an export that goes on says how far it is, and can be stopped', async ({ visit }) => {
  const page = await visit('/audit', { scenario: 'many', ready: 'Changed a rule' })
  let parts = 0
  const held: (() => void)[] = []
  await page.route('**/api/audit/export**', async (route) => {
    parts += 1
    if (parts > 1) await new Promise<void>((resolve) => held.push(resolve))
    await route.continue().catch(() => undefined)
  })
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'JSON Lines', exact: true }).click()
  await page.getByRole('status').getByText('400 entries read').waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Stop the export' }).click()
  await page.getByText('400 entries read').first().waitFor({ state: 'detached' })
  expect(await page.getByRole('alert').count()).toBe(0)

  // So does who goes to another page.
  parts = 0
  const given = page.waitForEvent('requestfailed', (request) => request.url().includes('cursor=400'))
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'JSON Lines', exact: true }).click()
  await page.getByRole('status').getByText('400 entries read').waitFor()
  await page.getByRole('link', { name: 'Rules' }).first().click()
  await given
  held.forEach((go) => go())
})

test('a month is verified, and the one before it, and an entry that was altered is shown', async ({ visit }) => {
  const page = await visit('/audit?verify=2026-03', { ready: 'Not every entry has a seal' })
  const verification = page.getByRole('region', { name: 'Verification' })
  await verification.getByRole('button', { name: 'Month before' }).click()
  await at(page).toBe('?verify=2026-02')
  await verification.getByText('February 2026').waitFor()
  await verification.getByRole('link', { name: 'Show the entry' }).first().click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await at(page).toBe('?verify=2026-02')
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await at(page).toBe('')
  await expect.poll(() => verification.count()).toBe(0)
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await verification.getByText('Nothing was changed or removed').waitFor()
  await expect.poll(() => verification.getByRole('button', { name: 'Month after' }).getAttribute('aria-disabled')).toBe('true')
})

test('a month is saved with its seals, to be verified elsewhere', async ({ visit }) => {
  const page = await visit('/audit?verify=2026-11', { ready: 'Changed a rule' })
  const files: string[] = []
  page.on('download', (file) => files.push(file.suggestedFilename()))
  await page.getByRole('button', { name: 'Save with its seals' }).click()
  await page.getByText('The trail of November 2026 and its seals are saved, in two files.').waitFor()
  await expect.poll(() => files.sort()).toEqual(['audit-acme-networks-2026-11.jsonl', 'audit-seals-acme-networks-2026-11.jsonl'])
  await screenshot(page, 'audit-seals')
})
