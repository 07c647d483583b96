import type { Page } from '@playwright/test'
import { expect, inEachView, screenshot, test, tick } from './stage'

/** The address's parameters, in any order. */
const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const rows = (page: Page) => page.getByRole('table', { name: 'Findings' }).locator('tr[data-row]')

async function pick(page: Page, filter: string, value: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: filter }).click()
  await tick(page.getByRole('checkbox', { name: value }))
}

inEachView(() => {
  test('of one account, with lists that were not read', async ({ see }) => {
    await see('findings-unread', { path: '/findings?account=acc-field', ready: 'Posture checks and setup keys could not be read' })
    await see('findings-long', {
      scenario: 'long-names',
      path: '/findings?search=vans',
      ready: 'says no more than rule 12',
      act: (page) => page.getByText('Remove it, or narrow the other one.').waitFor(),
    })
  })

  test('its own states', async ({ mock, see }) => {
    mock.findings = 'nothing'
    await see('findings-nothing', { path: '/findings', ready: 'Nothing stands out' })
    await see('findings-nothing-unread', { path: '/findings?account=acc-field', ready: 'Nothing stands out in what could be read' })
    mock.findings = 'too-large'
    await see('findings-too-large', { path: '/findings', ready: 'too large to be judged' })
    mock.findings = 'read-anew'
    await see('findings-read-anew', { path: '/findings', ready: 'being read anew' })
    mock.findings = 'usual'
    await see('findings-left-out', { scenario: 'many', path: '/findings', ready: '412 more findings are left out: the 1,000 that matter most are shown' })
  })
})

test('findings are narrowed, counted, sorted and searched in the address', async ({ visit }) => {
  const page = await visit('/findings?severity=awful&sort=moon')
  await page.getByText('1 high, 4 medium, 6 low').waitFor()
  await at(page).toEqual({})
  await expect.poll(() => rows(page).first().innerText()).toContain('no routing peer')
  await pick(page, 'Severity', /^High 1$/)
  await at(page).toEqual({ severity: 'high' })
  await expect.poll(() => rows(page).count()).toBe(1)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove filter Severity: High' }).click()
  await pick(page, 'Kind', /^Of tomorrow 1$/)
  await screenshot(page, 'findings-filter')
  await at(page).toEqual({ kind: 'of-tomorrow' })
  await expect.poll(() => rows(page).allInnerTexts()).toEqual([expect.stringContaining('Relay “relay-eu” is older than its peers.')])
  // What nobody here knows has no page to lead to.
  await expect.poll(() => rows(page).getByRole('link').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('router-02')
  await page.getByText('No finding matches').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Severity', exact: true }).click()
  await at(page).toEqual({ sort: '-severity' })
  await expect.poll(() => rows(page).first().innerText()).toContain('Low')
  await page.getByRole('button', { name: 'Finding', exact: true }).click()
  await at(page).toEqual({ sort: 'name' })
  await expect.poll(() => rows(page).first().innerText()).toContain('Group “maintenance”')
  await page.getByRole('button', { name: 'Columns and export' }).click()
  const file = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save 11 loaded rows as CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/^findings-.*\.csv$/)
})

for (const [name, path, ready] of [
  ['Policy Contractors to wiki', '/policies/wiki', 'contractors may reach one domain'],
  ['Group maintenance', '/groups/group-maintenance', 'No peer is in it'],
  ['Network office', '/networks/office', 'wiki.corp.example through router-02'],
  ['Route legacy', '/routes/route-legacy', 'through router-02 for laptops'],
  ['Setup key routers', '/setup-keys/key-routers', 'into routers'],
  ['Posture check managed devices', '/posture-checks/check-managed%20devices', 'Linux kernel 5.0 or later'],
] as const) {
  test(`${name} leads to its page`, async ({ visit }) => {
    const page = await visit('/findings')
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByText(ready).first().waitFor()
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`${path}$`))
    await at(page).toMatchObject({ of: 'acc-hq' })
    await page.goBack()
    await page.getByText('1 high, 4 medium, 6 low').waitFor()
  })
}

test('another account is chosen beside the counts', async ({ visit }) => {
  const page = await visit('/findings')
  await page.getByRole('button', { name: 'Account shown: HQ' }).click()
  await page.getByRole('menuitemradio', { name: 'Field' }).click()
  await at(page).toEqual({ account: 'acc-field' })
  await page.getByText('1 high, 3 medium, 4 low').waitFor()
  // Where the header says it already, it is not said twice.
  await page.getByRole('button', { name: 'Account shown: Field' }).waitFor({ state: 'hidden' })
})

test('where the network that is meant cannot be judged, another account is chosen all the same', async ({ mock, visit }) => {
  mock.findings = 'too-large'
  const page = await visit('/findings', { phone: true })
  await page.getByText('too large to be judged').waitFor()
  await page.getByRole('button', { name: 'Account shown: Oldest account' }).click()
  mock.findings = 'usual'
  await page.getByRole('menuitemradio', { name: 'Field' }).click()
  await page.getByText('1 high, 3 medium, 4 low').waitFor()
  await page.getByRole('button', { name: 'Account shown: Field' }).waitFor()
})

test('where there is one account there is nothing to choose', async ({ visit }) => {
  const page = await visit('/findings')
  await page.route('**/api/netbird/accounts', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: ((await answer.json()) as unknown[]).slice(0, 1) })
  })
  await page.goto('/findings')
  await page.getByText('1 high, 4 medium, 6 low').waitFor()
  await page.getByRole('button', { name: 'Account: All accounts' }).waitFor()
  await page.getByRole('button', { name: 'Account shown: HQ' }).waitFor({ state: 'detached' })
})

test('without connection what was found stays, and says from when it is', async ({ open }) => {
  const page = await open()
  await page.clock.install()
  await page.goto('/findings')
  await page.getByText('1 high, 4 medium, 6 low').waitFor()
  await page.route('**/api/access/findings*', (route) => route.abort())
  await page.clock.fastForward(60_000)
  await page.getByText('Not refreshed since').waitFor()
  await page.getByText('1 high, 4 medium, 6 low').waitFor()
  await screenshot(page, 'findings-offline')
})
