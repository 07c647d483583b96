import { describe, test } from 'vitest'
import { isTelling, stage, VIEWS } from './visit'

const PAGES: Record<string, { path: string; ready: string }> = {
  overview: { path: '/', ready: 'Needs attention' },
  peers: { path: '/peers', ready: 'router-02' },
  'peers-filtered': { path: '/peers?status=offline,unconfirmed&group=servers', ready: 'router-02' },
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

const { mock, open, visitor } = stage()

describe.each(VIEWS)('$name', (view) => {
  const see = visitor(view)

  test.each(Object.entries(PAGES))('%s', async (name, page) => {
    await see(name, page)
  })

  test('signing in and setting up', async () => {
    await see('sign-in', { scenario: 'signed-out', path: '/peers?status=offline', ready: 'Remember me' })
    await see('setup', { scenario: 'setup', path: '/', ready: 'Set up this installation' })
  })

  test('accounts that cannot be read', async () => {
    await see('overview-unreachable', { scenario: 'unreachable', path: '/', ready: 'No answer in time' })
    await see('accounts-unreachable', { scenario: 'unreachable', path: '/settings/accounts', ready: 'Token deleted' })
    await see('overview-late', { scenario: 'late', path: '/', ready: 'Not synced in time' })
    // A reason that only a newer API knows is told in its words.
    await see('accounts-late', { scenario: 'late', path: '/settings/accounts', ready: 'only a newer page can explain' })
    await see('accounts-first-sync', { scenario: 'first-sync', path: '/settings/accounts', ready: 'First sync: 2 of 6' })
  })

  test('a sync that was a moment ago', async () => {
    await see('accounts-sync-wait', {
      path: '/settings/accounts',
      ready: 'field.acme.example',
      act: async (page) => {
        await page.getByRole('button', { name: /^Sync now ?: Field/ }).click()
        await page.getByRole('button', { name: /^Again in 2\d s ?: Field$/ }).waitFor()
        await page.getByText('Field was synced a moment ago. Wait 25 s').waitFor()
      },
    })
  })

  test('recipients who are not members', async () => {
    await see('rules-recipients', {
      path: '/rules',
      ready: 'Recipients outside this tenant',
      act: async (page) => {
        await page.getByText('Declined: former@partner.example').waitFor()
        await page.getByText('1 recipient confirmed').click()
        await page.getByText('netops@partner.example').waitFor()
        await page.getByRole('button', { name: 'Send the request again to oncall@partner.example' }).click()
        await page.getByText('A new request is on its way to oncall@partner.example').waitFor()
        await page.getByRole('button', { name: /^Send the request again to the-whole-night-shift/ }).click()
        await page.getByText('was asked lately. Wait 50 min').waitFor()
        await page.evaluate('window.scrollTo(0, document.body.scrollHeight)')
      },
    })
    await see('rules-recipients-viewer', {
      scenario: 'viewer',
      path: '/rules',
      ready: 'Not confirmed yet',
      act: async (page) => {
        await page.getByRole('list', { name: 'Recipients who have not confirmed' }).waitFor()
        if (await page.getByRole('button', { name: /Send the request again/ }).count()) throw new Error('a viewer asks nobody')
      },
    })
    await see('new-rule-recipients', {
      path: '/rules/new',
      ready: 'is asked once, by mail',
      act: (page) => page.getByText('is asked once, by mail').scrollIntoViewIfNeeded(),
    })
  })

  test('one account chosen', async () => {
    await see('overview-account', { path: '/?account=acc-field', ready: 'in 1 account' })
  })

  test('dialogs', async () => {
    await see('dialog-acknowledge', {
      path: '/alerts',
      ready: 'router-02 is offline',
      act: async (page) => {
        await page.getByRole('checkbox', { name: /router-02/ }).check()
        await page.getByRole('button', { name: 'Acknowledge 1 alert' }).click()
        await page.getByRole('dialog').waitFor()
      },
    })
    await see('dialog-delete', {
      path: '/settings/accounts',
      ready: 'acme.example',
      act: async (page) => {
        await page.getByRole('button', { name: 'Delete HQ' }).click()
        await page.getByRole('dialog', { name: 'Delete HQ?' }).waitFor()
      },
    })
    await see('palette', {
      path: '/',
      ready: 'Needs attention',
      act: async (page) => {
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox', { name: /Search/ }).fill('r')
        await page.getByRole('option', { name: /Routing peer down/ }).waitFor()
      },
    })
    await see('peers-filter', {
      path: '/peers',
      ready: 'router-02',
      act: async (page) => {
        await page.getByRole('button', { name: 'Filter', exact: true }).click()
        await page.getByRole('button', { name: 'Group' }).click()
        await page.getByRole('checkbox', { name: /^servers/ }).waitFor()
      },
    })
    await see('sync', {
      path: '/',
      ready: 'Needs attention',
      act: async (page) => {
        await page.getByRole('button', { name: /^Sync:/ }).click()
        await page.getByText('Rate limited').last().waitFor()
      },
    })
    await see('connect-refused', {
      path: '/settings/accounts/connect',
      ready: 'Test connection',
      act: async (page) => {
        await page.getByRole('textbox', { name: 'Token' }).fill('nbp_permission_denied')
        await page.getByRole('button', { name: 'Test connection' }).click()
        await page.getByText('Role too small').waitFor()
      },
    })
  })

  test.runIf(isTelling(view)).each(Object.keys(EMPTY))('empty, loading, failed, not allowed: %s', async (name) => {
    const path = PAGES[name]?.path.split('?')[0] ?? '/'
    await see(`${name}-empty`, { scenario: 'empty', path, ready: EMPTY[name] ?? '' })
    if (name === 'mail') return
    await see(`${name}-loading`, { scenario: 'slow', path, ready: 'Loading' })
    await see(`${name}-failed`, { scenario: 'failed', path, ready: 'Could not load' })
    await see(`${name}-forbidden`, { scenario: 'forbidden', path, ready: 'You do not have access to' })
  })
})

test('the largest paint of a full overview, on a processor four times slower', async () => {
  mock.scenario = 'full'
  const { page, close } = await open()
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
