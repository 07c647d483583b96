import type { Page } from '@playwright/test'
import type { Alert } from '../src/api/types'
import { axeViolations, expect, runUntil, stop, test } from './stage'

const PEERS = '/api/netbird/peers'
const SERVERS = '/alerts/0193b000-0000-7000-8000-000000000003'

const peers = (page: Page) => page.getByRole('table', { name: 'Peers' })
const rowCount = async (page: Page) => Number(await peers(page).getAttribute('aria-rowcount'))
const isPeers = (url: string) => new URL(url).pathname === PEERS

test('10,000 rows are scrolled through with two requests at once, few rows in the page, and a refresh of what is seen', async ({ mock, open }) => {
  // While a page is told of what happens it asks for nothing by the way.
  mock.live.way = 'away'
  const page = await open({ scenario: 'many' })
  const seen = { asked: 0, underWay: 0, most: 0 }
  page.on('request', (request) => {
    if (!isPeers(request.url())) return
    seen.asked += 1
    seen.underWay += 1
    seen.most = Math.max(seen.most, seen.underWay)
  })
  const end = (request: { url(): string }) => {
    if (isPeers(request.url())) seen.underWay -= 1
  }
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  await page.clock.install()
  await page.goto('/peers')
  await peers(page).locator('tr[data-row]').first().waitFor()
  while ((await rowCount(page)) <= 10_000) {
    const before = await rowCount(page)
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await expect.poll(() => rowCount(page), { intervals: [20] }).toBeGreaterThan(before)
  }
  expect(seen.most).toBeLessThanOrEqual(2)
  expect(await peers(page).locator('tr[data-row]').count()).toBeLessThan(120)
  await expect.poll(() => seen.underWay).toBe(0)
  seen.asked = 0
  await page.clock.fastForward(31_000)
  await expect.poll(() => seen.asked).toBeGreaterThan(0)
  await expect.poll(() => seen.underWay).toBe(0)
  expect(seen.asked).toBeLessThanOrEqual(3)
})

test('Back leads to the row that one left from', async ({ open }) => {
  const page = await open({ scenario: 'many' })
  await page.goto('/peers')
  await peers(page).locator('tr[data-row]').first().waitFor()
  await page.mouse.move(700, 500)
  await page.mouse.wheel(0, 4000)
  const top = () => page.evaluate(() => Math.round(window.scrollY))
  await expect.poll(top).toBeGreaterThan(2000)
  // Rows that come on screen are measured, which may move what is seen a little.
  let left = 0
  await expect
    .poll(async () => {
      const before = left
      left = await top()
      return left - before
    })
    .toBe(0)
  // Whichever row is in the midst of what is seen, by its whole text.
  const middle = () => page.evaluate(() => document.elementFromPoint(700, 450)?.closest('tr')?.textContent ?? '')
  await expect.poll(middle).not.toBe('')
  const row = await middle()
  await page.getByRole('link', { name: 'Events', exact: true }).click()
  await page.getByText('laptop-11').first().waitFor()
  expect(await top()).toBe(0)
  await page.goBack()
  await expect.poll(middle).toBe(row)
  expect(await top()).toBe(left)
})

test('an API that has too much to do is asked again when it said, not sooner', async ({ open }) => {
  const page = await open()
  await page.clock.install()
  // By the page's own clock.
  const asked: number[] = []
  await page.route('**/api/netbird/policies?*', async (route) => {
    asked.push(await page.evaluate(() => Date.now()))
    if (asked.length > 1) {
      await route.fallback()
      return
    }
    await route.fulfill({ status: 429, contentType: 'application/problem+json', headers: { 'retry-after': '15' }, json: { type: 'https://netbird-platform.dev/problems/rate-limited', title: 'Too many requests', status: 429, detail: 'Wait a little.', requestId: '0193c000' } })
  })
  await page.goto('/policies')
  await expect.poll(() => asked.length).toBe(1)
  await page.getByText('Loading').first().waitFor()
  await stop(page)
  await runUntil(page, () => page.getByText('laptops may reach servers').first().isVisible())
  const [first = 0, second = 0] = asked
  expect(second - first).toBeGreaterThanOrEqual(15_000)
  expect(asked).toHaveLength(2)
})

test('and who would wait too long is told, and asks by a press', async ({ open }) => {
  const page = await open()
  let isBusy = true
  await page.route('**/api/netbird/policies?*', (route) =>
    isBusy
      ? route.fulfill({ status: 429, contentType: 'application/problem+json', headers: { 'retry-after': '180' }, json: { type: 'https://netbird-platform.dev/problems/rate-limited', title: 'Too many requests', status: 429, detail: 'Wait a little.', requestId: '0193c000' } })
      : route.fallback(),
  )
  await page.goto('/policies')
  await page.getByText('Could not load').first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  isBusy = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('laptops may reach servers').first().waitFor()
})

for (const zone of ['Asia/Kolkata', 'America/St_Johns']) {
  test(`times are those of ${zone}, for who is there`, async ({ visit }) => {
    const page = await visit(SERVERS, { timezoneId: zone, ready: 'Timeline' })
    const stamps = await page.locator('time[title]').evaluateAll((all) => all.map((time) => [time.getAttribute('datetime') ?? '', time.getAttribute('title') ?? '']))
    expect(stamps.length).toBeGreaterThan(0)
    for (const [at = '', told] of stamps) {
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(at))
      expect(told).toContain(clock)
    }
    // What is typed is meant by the same clock.
    await page.getByRole('button', { name: 'Suppress' }).click()
    const dialog = page.getByRole('dialog', { name: 'Suppress alert' })
    await dialog.getByLabel('For').selectOption('until')
    const [day] = new Date(Date.now() + 5 * 86_400_000).toISOString().split('T')
    await dialog.getByLabel('Until').fill(`${day ?? ''}T09:00`)
    const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/suppress'))
    await dialog.getByRole('button', { name: 'Suppress' }).click()
    const { suppressedUntil } = (await (await answered).json()) as Alert
    const at = suppressedUntil ?? ''
    const [date, time] = [{ dateStyle: 'short' }, { timeStyle: 'short' }].map((style) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...(style as object) }).format(new Date(at)))
    expect([date, time]).toEqual([day, '09:00'])
  })
}

test('with motion on nothing moves for longer than a moment, and what opens is whole', async ({ open }) => {
  const page = await open({ reducedMotion: 'no-preference' })
  await page.addInitScript(() => {
    const longest = { ms: 0 }
    Object.assign(window, { longest })
    for (const type of ['animationstart', 'transitionrun']) {
      document.addEventListener(type, () => {
        for (const animation of document.getAnimations()) {
          const { duration, iterations } = animation.effect?.getComputedTiming() ?? {}
          // What turns while something is under way turns for as long as that takes.
          if (iterations !== Infinity && typeof duration === 'number') longest.ms = Math.max(longest.ms, duration)
        }
      })
    }
  })
  await page.goto('/peers')
  await page.getByText('router-02').first().waitFor()
  await page.getByRole('link', { name: 'router-02' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('Connects from').waitFor()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Search/ }).fill('r')
  await page.getByRole('option', { name: /^Routing peer down/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Status' }).click()
  await page.getByRole('checkbox', { name: /^Offline/ }).waitFor()
  await page.keyboard.press('Escape')
  const { ms } = await page.evaluate(() => (window as unknown as { longest: { ms: number } }).longest)
  expect(ms).toBeGreaterThan(0)
  expect(ms).toBeLessThanOrEqual(150)
  // Once it is still again, axe sees it as it stays.
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
})
