import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { screenshot, tellIfFailed } from './chromium'
import { stage } from './visit'

const { mock, open } = stage()

async function visit(path: string, ready: string) {
  mock.scenario = 'full'
  const tab = await open()
  tellIfFailed([tab])
  await tab.page.goto(path)
  await tab.page.getByText(ready).first().waitFor()
  return tab
}

const at = (page: Page) => expect.poll(() => new URL(page.url()).search)

async function pick(page: Page, filter: string, value: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: filter }).click()
  await page.getByRole('checkbox', { name: value }).click()
}

test('a filter is a step that Back undoes, with all that was chosen in its picker', async () => {
  const { page, errors, close } = await visit('/peers', 'router-02')
  await pick(page, 'Status', /^Offline/)
  await page.getByRole('checkbox', { name: /^Unconfirmed/ }).click()
  await at(page).toBe('?status=offline,unconfirmed')
  await page.keyboard.press('Escape')
  await pick(page, 'Group', /^servers/)
  await at(page).toBe('?status=offline,unconfirmed&group=servers')
  await page.getByRole('checkbox', { name: /^routers/ }).click()
  await at(page).toBe('?status=offline,unconfirmed&group=servers,routers')
  await page.keyboard.press('Escape')
  await page.getByText('router-02').waitFor()
  await page.getByRole('button', { name: 'Remove filter Group: servers or routers' }).waitFor()
  await page.goBack()
  await at(page).toBe('?status=offline,unconfirmed')
  await page.goBack()
  await at(page).toBe('')
  await page.goForward()
  await page.getByRole('button', { name: 'Remove filter Status: offline or unconfirmed' }).click()
  await at(page).toBe('')
  await page.goBack()
  await at(page).toBe('?status=offline,unconfirmed')
  expect(errors).toEqual([])
  await close()
})

test('a search is one step, however it was typed', async () => {
  const { page, close } = await visit('/peers', 'router-02')
  const search = page.getByRole('searchbox', { name: 'Search peers' })
  await search.fill('lap')
  await at(page).toBe('?search=lap')
  await search.fill('laptop-1')
  await at(page).toBe('?search=laptop-1')
  await page.goBack()
  await at(page).toBe('')
  await expect.poll(() => search.inputValue()).toBe('')
  await close()
})

test('a group that only begins like another is taken as it is typed', async () => {
  const { page, close } = await visit('/peers', 'router-02')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'Group' }).click()
  await page.getByRole('searchbox', { name: 'Search group' }).fill('db-eu')
  await page.getByRole('button', { name: 'Filter by “db-eu”' }).click()
  await page.keyboard.press('Escape')
  await at(page).toBe('?group=db-eu')
  await page.getByText('No peer matches').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await at(page).toBe('')
  await close()
})

test('a view is saved, applied, renamed, deleted, and brought back', async () => {
  const { page, errors, close } = await visit('/peers?status=offline&sort=-name', 'router-02')
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('menuitem', { name: 'Save this view' }).click()
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByText('Name the view.').waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill('Night shift')
  await screenshot(page, 'view-save')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.goto('/peers?group=servers')
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('menuitemradio', { name: 'Night shift' }).click()
  await at(page).toBe('?status=offline&sort=-name')
  await page.getByRole('button', { name: 'Saved views: Night shift' }).click()
  await page.getByRole('menuitem', { name: 'Rename or delete views' }).click()
  await page.getByRole('textbox', { name: 'Name of “Night shift”' }).fill('Day shift')
  await page.getByRole('textbox', { name: 'Name of “Night shift”' }).blur()
  await screenshot(page, 'view-edit')
  await page.getByRole('button', { name: 'Delete the view Day shift' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Saved views: Day shift' }).waitFor()
  expect(errors).toEqual([])
  await close()
})

test('of several alerts, those that could not be acknowledged are named and stay selected', async () => {
  const { page, errors, close } = await visit('/alerts?status=open,acknowledged,resolved,suppressed', 'router-02 is offline')
  let atOnce = 0
  let most = 0
  await page.route('**/api/alerts/*/resolve', async (route) => {
    atOnce += 1
    most = Math.max(most, atOnce)
    await new Promise((resolve) => setTimeout(resolve, 50))
    atOnce -= 1
    if (route.request().url().includes('000000000003/')) {
      await route.fulfill({ status: 409, contentType: 'application/problem+json', json: { type: 'conflict', title: 'Conflict', detail: 'The alert changed a moment ago.' } })
    } else await route.continue()
  })
  await page.getByRole('checkbox', { name: 'Select all that are loaded' }).check()
  await page.getByText('5 alerts selected').waitFor()
  await page.getByRole('button', { name: 'Resolve 3 alerts' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve 3 alerts' }).click()
  const failure = page.getByRole('dialog').getByRole('alert')
  await failure.getByText('Could not resolve 1 of 3 alerts').waitFor()
  await failure.getByText('The alert changed a moment ago.').waitFor()
  await failure.getByText('7 peers of servers are online, fewer than 8').waitFor()
  await screenshot(page, 'alerts-partly')
  expect(most).toBe(3)
  await page.getByRole('button', { name: 'Leave it' }).click()
  await page.getByText('1 alert selected').waitFor()
  await expect.poll(() => page.getByRole('checkbox', { name: 'Select 7 peers of servers' }).isChecked()).toBe(true)
  expect(errors).toEqual([])
  await close()
})

test('a list that is here whole is searched, sorted and counted here', async () => {
  const { page, errors, close } = await visit('/settings/tokens?of=all', 'Chat bot')
  const names = page.getByRole('table', { name: 'API tokens' }).locator('tr[data-row] td:first-child .font-semibold')
  await page.getByRole('button', { name: 'Name' }).click()
  await expect.poll(() => names.allTextContents()).toEqual(['Chat bot', 'Nightly inventory', 'Status page'])
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('button', { name: 'State' }).click()
  await page.getByRole('checkbox', { name: 'Expired 1' }).check()
  await screenshot(page, 'tokens-filter')
  await expect.poll(() => names.allTextContents()).toEqual(['Chat bot'])
  await page.keyboard.press('Escape')
  // As long as it is there, keys are its own.
  await page.getByRole('checkbox', { name: 'Expired 1' }).waitFor({ state: 'hidden' })
  await page.keyboard.press('/')
  await page.keyboard.type('inventory')
  await page.getByText('No token matches').waitFor()
  await at(page).toBe('?of=all&search=inventory&state=expired&sort=name')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await at(page).toBe('?of=all&sort=name')
  expect(errors).toEqual([])
  await close()
})

test('a name in an event narrows the log to what somebody did, and to what is about a thing', async () => {
  const { page, errors, close } = await visit('/events', 'laptop-11')
  const rows = page.getByRole('table', { name: 'Events' }).locator('tr[data-row]')
  await page.getByRole('link', { name: 'admin', exact: true }).first().click()
  await at(page).toBe('?by=user-admin')
  await page.getByRole('button', { name: 'Remove filter Who: admin' }).waitFor()
  await expect.poll(async () => (await rows.allTextContents()).every((text) => text.includes(' by admin'))).toBe(true)
  await page.getByRole('link', { name: 'edge-07' }).first().click()
  await at(page).toBe('?by=user-admin&about=peer-7')
  await page.getByRole('button', { name: 'Remove filter About: edge-07' }).waitFor()
  await expect.poll(async () => (await rows.allTextContents()).every((text) => text.includes('edge-07: group added to peer (routers)'))).toBe(true)
  await screenshot(page, 'events-about')
  await page.goBack()
  await at(page).toBe('?by=user-admin')
  expect(errors).toEqual([])
  await close()
})

test('events are chosen by the codes that the log has, with all that begin alike, and by one that is typed', async () => {
  const { page, errors, close } = await visit('/events', 'laptop-11')
  await pick(page, 'Activity', /^Anything under peer/)
  await screenshot(page, 'events-filter')
  await page.getByRole('checkbox', { name: /^Policy updated \(policy\.update\)/ }).click()
  await at(page).toBe('?activity=peer,policy.update')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Remove filter Activity: Anything under peer or Policy updated (policy.update)' }).waitFor()
  await page.getByText('laptop-11').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Remove filter Activity/ }).click()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Activity' }).click()
  await page.getByRole('searchbox', { name: 'Search activity' }).fill('network.router')
  await page.getByRole('button', { name: 'Filter by “network.router”' }).click()
  await at(page).toBe('?activity=network.router')
  await page.getByText('No event matches').waitFor()
  expect(errors).toEqual([])
  await close()
})

test('what the address of the events says and nobody understands is dropped', async () => {
  const { page, close } = await visit('/events?time=whenever&search=ssh&moon=full', 'srv-04')
  await at(page).toBe('?search=ssh')
  await close()
})
