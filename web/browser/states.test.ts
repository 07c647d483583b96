import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMockApi, serveBuilt, type Scenario } from '../mock/server'
import { axeViolations, launch, openPage, screenshot } from './chromium'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))

const PAGES: Record<string, { path: string; ready: string }> = {
  overview: { path: '/', ready: 'Needs attention' },
  peers: { path: '/peers', ready: 'router-02' },
  'peers-filtered': { path: '/peers?status=offline,unconfirmed&group=routers', ready: 'router-02' },
  peer: { path: '/peers?peer=peer-0', ready: 'Connects from' },
  events: { path: '/events', ready: 'laptop-11' },
  alerts: { path: '/alerts', ready: 'router-02 is offline' },
  alert: { path: '/alerts/0193b000-0000-7000-8000-000000000003', ready: 'Timeline' },
  rules: { path: '/rules', ready: 'Routing peer down' },
  'new-rule': { path: '/rules/new', ready: 'In one sentence' },
  accounts: { path: '/settings/accounts', ready: 'netbird.acme.example' },
  connect: { path: '/settings/accounts/connect', ready: 'Test connection' },
  mail: { path: '/settings/mail?file=0001.eml', ready: 'NetBird platform <alerts@' },
  lost: { path: '/nowhere', ready: 'No such page' },
}

/** The words that show a page to be in a state. */
const EMPTY: Record<string, string> = {
  overview: 'Three steps to a watched network',
  peers: 'No peers yet',
  events: 'No events yet',
  alerts: 'No active alert',
  rules: 'No rule yet',
  accounts: 'No account connected',
  mail: 'No mail yet',
}

let browser: Browser
let server: Awaited<ReturnType<typeof serveBuilt>>
const mock = createMockApi()

beforeAll(async () => {
  browser = await launch()
  server = await serveBuilt(DIST, mock)
})

afterAll(async () => {
  await browser.close()
  server.stop()
})

const VIEWS = [
  { name: 'light', theme: 'light' },
  { name: 'dark', theme: 'dark' },
  { name: 'phone-light', theme: 'light', phone: true },
  { name: 'phone-dark', theme: 'dark', phone: true },
] as const

async function visit(scenario: Scenario, path: string, ready: string, view: (typeof VIEWS)[number], name: string, act?: (page: Page) => Promise<void>) {
  mock.scenario = scenario
  const { page, errors, close } = await openPage(browser, { baseURL: server.url, ...view })
  await page.goto(path)
  await page.getByText(ready).first().waitFor()
  await act?.(page)
  await screenshot(page, `${name}-${view.name}`)
  const violations = await axeViolations(page)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await close()
  expect.soft(violations, `${name} ${view.name}`).toEqual([])
  expect.soft(errors, `${name} ${view.name}`).toEqual([])
  expect.soft(wide, `${name} ${view.name} scrolls sideways`).toBeLessThanOrEqual(0)
}

describe.each(VIEWS)('$name', (view) => {
  test.each(Object.entries(PAGES))('full: %s', async (name, { path, ready }) => {
    await visit('full', path, ready, view, name)
  })

  test('signing in and setting up', async () => {
    await visit('signed-out', '/peers?status=offline', 'Remember me', view, 'sign-in')
    await visit('setup', '/', 'Set up this installation', view, 'setup')
  })

  test('accounts that cannot be read', async () => {
    await visit('unreachable', '/', 'No answer in time', view, 'overview-unreachable')
    await visit('unreachable', '/settings/accounts', 'Token deleted', view, 'accounts-unreachable')
    await visit('first-sync', '/settings/accounts', 'First sync: 2 of 6', view, 'accounts-first-sync')
  })

  test('dialogs', async () => {
    await visit('full', '/alerts', 'router-02 is offline', view, 'dialog-acknowledge', async (page) => {
      await page.getByRole('checkbox', { name: /router-02/ }).check()
      await page.getByRole('button', { name: 'Acknowledge 1 alert' }).click()
      await page.getByRole('dialog').waitFor()
    })
    await visit('full', '/settings/accounts', 'acme.example', view, 'dialog-delete', async (page) => {
      await page.getByRole('button', { name: 'Delete HQ' }).click()
      await page.getByRole('dialog', { name: 'Delete HQ?' }).waitFor()
    })
    await visit('full', '/', 'Needs attention', view, 'palette', async (page) => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: /Search/ }).fill('r')
      await page.getByRole('option', { name: /Routing peer down/ }).waitFor()
    })
    await visit('full', '/peers', 'router-02', view, 'peers-filter', async (page) => {
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await page.getByRole('button', { name: 'Apply filters' }).waitFor()
    })
    await visit('full', '/', 'Needs attention', view, 'sync', async (page) => {
      await page.getByRole('button', { name: /^Sync:/ }).click()
      await page.getByText('Rate limited').last().waitFor()
    })
  })
})

describe.each([VIEWS[0], VIEWS[3]])('states, $name', (view) => {
  test.each(Object.keys(EMPTY))('%s', async (name) => {
    const path = PAGES[name]?.path.split('?')[0] ?? '/'
    await visit('empty', path, EMPTY[name] ?? '', view, `${name}-empty`)
    if (name === 'mail') return
    await visit('slow', path, 'Loading', view, `${name}-loading`)
    await visit('failed', path, 'Could not load', view, `${name}-failed`)
    await visit('forbidden', path, 'You may not see', view, `${name}-forbidden`)
  })
})

test('the largest paint of a full overview, on a processor four times slower', async () => {
  mock.scenario = 'full'
  const { page, close } = await openPage(browser, { baseURL: server.url })
  const debug = await page.context().newCDPSession(page)
  await debug.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto('/')
  await page.getByText('Latest events').waitFor()
  const paint = await page.evaluate<number>(`new Promise((resolve) =>
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`)
  await close()
  // A budget for people to look at (1.5 s); a busy machine says nothing about the app.
  console.log(`largest contentful paint: ${Math.round(paint)} ms`)
})
