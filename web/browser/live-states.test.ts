import type { Page } from '@playwright/test'
import type { Alert } from '../src/api/types'
import { alerts } from '../mock/alerting-data'
import { user } from '../mock/data'
import { changedPeers, raised } from '../mock/happened'
import type { createMockLive } from '../mock/live'
import { axeViolations, expect, runUntil, screenshot, stop, test as stageTest } from './stage'

const ACME = user().tenantId
const BLUE = '0193a000-0000-7000-8000-00000000000b'

type Live = ReturnType<typeof createMockLive>

const test = stageTest.extend<{ live: Live }>({
  live: async ({ mock }, give) => give(mock.live),
})

/** Goes on with a clock that runs only when a test has it run: nothing there is asked for by the way. */
async function enter(page: Page, path: string, ready: string): Promise<Page> {
  await page.clock.install()
  await page.goto(path)
  await page.getByText(ready).first().waitFor()
  return page
}

const mark = (page: Page, text: string) => page.getByRole('button', { name: text, exact: true })
const isLive = (page: Page) => mark(page, 'Live').waitFor()
const shows = (page: Page, text: string) => () => page.getByText(text).first().isVisible()

/** Sooner than polling would ask for it. */
const SOON = 20

function raise(id: number, part: Partial<Alert> = {}): Alert {
  const [example] = alerts().slice(-5)
  if (!example) throw new Error('the mock has no alert')
  const alert: Alert = { ...example, id: `0193b000-0000-7000-8000-0000000001${String(id).padStart(2, '0')}`, title: `edge-${id} is offline`, triggeredAt: new Date().toISOString(), ...part }
  raised.unshift(alert)
  return alert
}

const tell = (live: Live, alert: Alert, tenant = ACME) => live.push(tenant, { type: 'alert_triggered', alert })

test('a new alert is there at once: in the list, in the counts, in the title and the icon of the tab', async ({ live, open }) => {
  const page = await enter(await open(), '/alerts', 'router-02 is offline')
  await isLive(page)
  expect(await page.title()).toMatch(/^\(1\) /)
  await stop(page)
  tell(live, raise(30))
  expect(await runUntil(page, shows(page, 'edge-30 is offline'), SOON)).toBeLessThan(SOON)
  await expect.poll(() => page.title()).toMatch(/^\(2\) /)
  await page.getByRole('link', { name: /^Alerts \(2 open\)/ }).waitFor()
  expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/favicon-alert.svg')
})

test('what somebody else did with an alert shows on its page', async ({ live, open }) => {
  const alert = raise(31)
  const page = await enter(await open(), `/alerts/${alert.id}`, 'edge-31 is offline')
  await isLive(page)
  await stop(page)
  const acknowledged: Alert = { ...alert, status: 'acknowledged', acknowledgedBy: { id: 'j', name: 'Jonas Weber' }, acknowledgedAt: new Date().toISOString(), version: 2 }
  raised[0] = acknowledged
  live.push(ACME, { type: 'alert_updated', alert: acknowledged })
  // That it can be acknowledged is said on the page, too.
  expect(await runUntil(page, shows(page, 'Jonas Weber'), SOON)).toBeLessThan(SOON)
})

test('a peer that goes offline shows so, and a sync brings the age of the data', async ({ live, open }) => {
  const page = await enter(await open(), '/peers?search=laptop-05', 'laptop-05')
  await isLive(page)
  const row = page.getByRole('table', { name: 'Peers' }).locator('tr[data-row]').first()
  await row.getByText('Online').waitFor()
  await stop(page)
  changedPeers.set('peer-5', { status: 'offline', since: new Date().toISOString() })
  live.push(ACME, { type: 'peer_status_changed', accountId: 'acc-hq', changes: [{ peerId: 'peer-5', status: 'offline' }] })
  expect(await runUntil(page, () => row.getByText('Offline').isVisible(), SOON)).toBeLessThan(SOON)
  const asked = page.waitForRequest('**/api/netbird/accounts')
  live.push(ACME, { type: 'sync_completed', accountId: 'acc-hq', at: new Date().toISOString(), isHealthy: true })
  let wasAsked = false
  void asked.then(() => {
    wasAsked = true
  })
  expect(await runUntil(page, () => Promise.resolve(wasAsked), SOON)).toBeLessThan(SOON)
})

test('while the socket is cut the header says so, and polling goes on; when it is back, what was missed is told', async ({ live, open }) => {
  const page = await enter(await open(), '/alerts', 'router-02 is offline')
  await isLive(page)
  await stop(page)
  live.way = 'away'
  live.cut()
  await runUntil(page, () => mark(page, 'Updates every 30 s').isVisible())
  raise(32)
  expect(await runUntil(page, shows(page, 'edge-32 is offline'))).toBeLessThanOrEqual(31)
  tell(live, raise(33))
  live.way = 'usual'
  await runUntil(page, () => mark(page, 'Live').isVisible())
  expect(live.heard.at(-1)).toEqual(expect.objectContaining({ type: 'auth', after: expect.any(Number) }))
  await runUntil(page, shows(page, 'edge-33 is offline'))
})

test('a cut of a moment is caught up with, and nobody needs to know', async ({ live, open }) => {
  const page = await enter(await open(), '/alerts', 'router-02 is offline')
  await isLive(page)
  await stop(page)
  live.cut()
  await expect.poll(() => live.connected()).toEqual([])
  tell(live, raise(34))
  expect(await runUntil(page, shows(page, 'edge-34 is offline'), SOON)).toBeLessThan(SOON)
  await mark(page, 'Live').waitFor()
})

test('what was missed and is no longer known is read anew', async ({ live, open }) => {
  const page = await enter(await open(), '/alerts', 'router-02 is offline')
  await isLive(page)
  await stop(page)
  live.cut()
  await expect.poll(() => live.connected()).toEqual([])
  tell(live, raise(35))
  live.forget()
  expect(await runUntil(page, shows(page, 'edge-35 is offline'), SOON)).toBeLessThan(SOON)
})

test('rows under the pointer stay where they are: new ones wait', async ({ live, open }) => {
  const page = await enter(await open(), '/alerts', 'router-02 is offline')
  await isLive(page)
  const first = page.getByRole('table', { name: 'Alerts' }).locator('tr[data-row]').first()
  await first.hover()
  await stop(page)
  tell(live, raise(36))
  await runUntil(page, () => page.getByRole('button', { name: '1 new' }).isVisible(), SOON)
  await first.getByRole('link', { name: 'router-02 is offline' }).waitFor()
  await page.clock.resume()
  // A pointer on its way there would leave the rows, which then need not wait any more.
  await page.getByRole('button', { name: '1 new' }).press('Enter')
  await first.getByRole('link', { name: 'edge-36 is offline' }).waitFor()
})

test('so they do on the overview', async ({ live, open }) => {
  const page = await enter(await open(), '/', 'router-02 is offline')
  await isLive(page)
  const acknowledge = page.getByRole('button', { name: 'Acknowledge: router-02 is offline' })
  await acknowledge.hover()
  const before = await acknowledge.boundingBox()
  await stop(page)
  tell(live, raise(37))
  await runUntil(page, () => page.getByRole('button', { name: '1 new' }).isVisible(), SOON)
  expect(await acknowledge.boundingBox()).toEqual(before)
  await screenshot(page, 'live-waiting')
})

test('a dialog that is open stays as it is', async ({ live, open }) => {
  const page = await enter(await open(), '/alerts', 'router-02 is offline')
  await isLive(page)
  await page.getByRole('button', { name: /^Acknowledge ?: router-02/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('On my way')
  await stop(page)
  tell(live, raise(38))
  await runUntil(page, async () => (await page.title()).startsWith('(2)'), SOON)
  expect(await dialog.getByRole('textbox').inputValue()).toBe('On my way')
  expect(await dialog.getByRole('textbox').evaluate((box) => box === document.activeElement)).toBe(true)
})

test('signing out closes the socket', async ({ live, mock, open }) => {
  const page = await enter(await open(), '/', 'router-02 is offline')
  await isLive(page)
  expect(live.connected()).toEqual([ACME])
  mock.scenario = 'signed-out'
  await page.getByRole('button', { name: /signed in as/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await expect.poll(() => live.connected()).toEqual([])
})

test('two tabs in two tenants are told of their own, and the way to another tenant takes the socket along', async ({ live, open }) => {
  const page = await enter(await open(), '/t/acme-networks-00000000/', 'router-02 is offline')
  const other = await page.context().newPage()
  await enter(other, '/t/blue-harbour-0000000b/', 'router-02 is offline')
  await isLive(page)
  await isLive(other)
  expect(live.connected().sort()).toEqual([ACME, BLUE])
  await stop(page)
  await stop(other)
  tell(live, raise(39), BLUE)
  expect(await runUntil(other, async () => (await other.title()).startsWith('(2)'), SOON)).toBeLessThan(SOON)
  await page.clock.runFor(5000)
  expect(await page.title()).toMatch(/^\(1\) /)
  await page.clock.resume()
  await page.getByRole('button', { name: /^Tenant: / }).click()
  await page.getByRole('menuitemradio', { name: /^Blue Harbour/ }).click()
  await expect.poll(() => live.connected()).toEqual([BLUE, BLUE])
  await isLive(page)
})

test('a token that is not good is renewed, once', async ({ live, open }) => {
  live.way = 'unauthenticated'
  const page = await enter(await open(), '/', 'router-02 is offline')
  await mark(page, 'Updates every 30 s').waitFor()
  live.way = 'usual'
  await runUntil(page, () => mark(page, 'Live').isVisible())
})

for (const view of [
  { name: 'desktop', phone: false },
  { name: 'phone', phone: true },
]) {
  test.describe(view.name, () => {
    const WAYS = [
      { name: 'live', way: 'usual', text: 'Live', why: 'as soon as the platform knows' },
      { name: 'cut', way: 'away', text: 'Updates every 30 s', why: 'The live connection is down' },
      { name: 'busy', way: 'too-many', text: 'Updates every 30 s', why: 'has no room for another live connection' },
      { name: 'refused', way: 'forbidden', text: 'Updates every 30 s', why: 'refused live updates for this page' },
    ] as const

    for (const { name, way, text, why } of WAYS) {
      test(`says why: ${name}`, async ({ live, open }) => {
        live.way = way
        const page = await open({ phone: view.phone })
        await page.goto('/')
        await page.getByText('A day ago').first().waitFor()
        await mark(page, text).click()
        const note = page.getByRole('dialog', { name: 'Updates of this page' })
        await note.getByText(why).waitFor()
        await screenshot(page, `live-${name}-${view.name}`)
        expect(await axeViolations(page)).toEqual([])
      })
    }

    test('says that nothing is heard', async ({ open }) => {
      const page = await open({ phone: view.phone })
      await page.goto('/')
      // What the page is made of has come: a part of it that is cut off in the midst is another story.
      await page.getByText('A day ago').first().waitFor()
      await isLive(page)
      await page.context().setOffline(true)
      await mark(page, 'No updates').waitFor()
      await screenshot(page, `live-lost-${view.name}`)
      await page.context().setOffline(false)
      await isLive(page)
    })
  })
}
