import type { Page } from '@playwright/test'
import { expect, inEachView, test } from './stage'

const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const rows = (page: Page) => page.getByRole('table', { name: 'Events' }).locator('tr[data-row]')

inEachView(() => {
  test('what the platform saw', async ({ see }) => {
    await see('events-platform', { path: '/events?source=platform', ready: 'The management server restarted' })
  })
})

test('what the platform saw stands among NetBird’s own, and each can be listed alone', async ({ visit }) => {
  const page = await visit('/events')
  await rows(page).filter({ hasText: /^5 min ago/ }).first().waitFor()
  await rows(page).filter({ hasText: /router-02 went offline, and has not come back \(.*\).*Platform/ }).waitFor()
  await rows(page).filter({ hasText: /srv-03 went offline, for 2 h \(.*\).*Platform/ }).waitFor()
  await rows(page).filter({ hasText: 'The management server restarted: 51 peers came back, 1 not yet' }).waitFor()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Source' }).click()
  await page.getByText('Platform', { exact: true }).filter({ visible: true }).last().click()
  await at(page).toEqual({ source: 'platform' })
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await rows(page).allTextContents()).every((text) => text.includes('Platform'))).toBe(true)
  await page.getByRole('button', { name: 'Remove filter Source: Platform' }).click()
  await at(page).toEqual({})
  // One that there is not is as if nothing had been asked for.
  await page.goto('/events?source=moon')
  await rows(page).filter({ hasText: 'NetBird' }).first().waitFor()
  await at(page).toEqual({})
})

test('an event leads to what it is about, and to the change that it was', async ({ visit }) => {
  const page = await visit('/events')
  await rows(page).filter({ hasText: 'router-02 went offline' }).getByRole('link', { name: 'Page of the peer router-02' }).click()
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/\/peers\/peer-2$/)
  await page.goBack()
  await rows(page).filter({ hasText: 'laptops to servers' }).first().getByRole('link', { name: 'Page of the policy laptops to servers' }).click()
  await expect.poll(() => new URL(page.url()).pathname).toMatch(/\/policies\/policy-1$/)
  await page.goBack()
  await rows(page).filter({ hasText: 'Route legacy deleted' }).getByRole('link', { name: 'What changed, field by field' }).click()
  await at(page).toEqual({ change: 'acc-hq_4_0_0', account: 'acc-hq' })
  await page.getByText('NetBird’s log does not tell').waitFor()
})

test('a peer that goes is an event at once', async ({ mock, visit }) => {
  const page = await visit('/events?source=platform')
  await rows(page).first().waitFor()
  await expect.poll(() => mock.live.connected().length).toBe(1)
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/netbird/events')
  mock.live.push(mock.live.connected()[0] ?? '', { type: 'peer_status_changed', accountId: 'acc-hq', changes: [{ peerId: 'peer-2', status: 'offline' }] })
  await asked
})
