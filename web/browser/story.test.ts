import type { Page } from '@playwright/test'
import { axeViolations, COLOURS, PICTURES, screenshot, tick, turnDark } from './chromium'
import { expect, SOON, test } from './host'
import { linkMailedTo } from './mailbox'
import { isSigned, startReceiver } from './receiver'

// Each step stands on the one before.
test.describe.configure({ mode: 'serial' })

/** What the demo's NetBird server answers to each of its tokens. */
const TOKENS = {
  good: 'nbp_fakeAuditorReadsEverything00000000001',
  expired: 'nbp_fakeExpiredAnswersUnauthorized0000002',
  deleted: 'nbp_fakeDeletedAnswersNotFound0000000003',
  blocked: 'nbp_fakeBlockedUserAnswersForbidden000004',
  smallRole: 'nbp_fakeSmallRoleAnswersForbidden00000005',
}

const GROUP = 'databases'
const RULE = `Databases ${process.pid}`
const RECIPIENT = 'oncall@example.com'

let receiver: Awaited<ReturnType<typeof startReceiver>>

test.beforeAll(async () => {
  receiver = await startReceiver()
})

test.afterAll(() => receiver.stop())

async function netbird(host: string, act: string, body: unknown): Promise<void> {
  const response = await fetch(`${host}/_fake/${act}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
}

async function fillSignIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test.describe('the story', () => {
  let page: Page
  let secret = ''
  let alertUrl = ''

  test.beforeAll(async ({ person }) => {
    page = await person()
  })

  test('a wrong password is refused, the right one leads to the page that was asked for', async ({ host }) => {
    await page.goto('/peers?status=offline')
    await fillSignIn(page, { ...host, password: 'not the password' })
    await page.getByRole('alert').getByText('Email or password is wrong').waitFor()
    await fillSignIn(page, host)
    await page.getByRole('table', { name: 'Peers' }).waitFor()
    await expect.poll(() => page.url(), SOON).toMatch(/\/t\/[a-z0-9-]+\/peers\?status=offline$/)
  })

  test('the session outlives a reload', async () => {
    await page.reload()
    await page.getByRole('table', { name: 'Peers' }).waitFor()
  })

  test('the overview shows the network', async () => {
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
    await page.getByRole('link', { name: /^Peers online \d+ \/ \d+/ }).waitFor()
    await page.getByRole('cell', { name: 'Healthy' }).waitFor()
  })

  test('peers are searched and filtered, and the address says how', async () => {
    await page.getByRole('link', { name: /^Peers/ }).first().click()
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const picker = page.getByRole('dialog', { name: 'Filter peers' })
    await picker.getByRole('button', { name: 'Status' }).click()
    await tick(picker.getByRole('checkbox', { name: 'Online' }))
    await picker.getByRole('button', { name: 'All filters' }).click()
    await picker.getByRole('button', { name: 'Group' }).click()
    await picker.getByRole('searchbox', { name: 'Search group' }).fill(GROUP)
    await picker.getByRole('checkbox', { name: GROUP }).first().click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Remove filter Group: ${GROUP}` }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('db')
    await expect.poll(() => page.url(), SOON).toContain(`/peers?search=db&status=online&group=${GROUP}`)
    const names = page.getByRole('table', { name: 'Peers' }).getByRole('link')
    await expect.poll(async () => (await names.allTextContents()).every((name) => name.includes('db')), SOON).toBe(true)
    await page.getByRole('searchbox', { name: 'Search peers' }).blur()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('Connects from').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('every way in which a connection fails is told apart', async ({ host }) => {
    await page.goto('/settings/accounts/connect')
    await page.getByRole('radio', { name: 'My own server' }).check()
    const address = page.getByRole('textbox', { name: 'Address of the management server' })
    const token = page.getByRole('textbox', { name: 'Token' })
    for (const [url, value, message] of [
      [host.netbird, TOKENS.expired, 'Token not accepted'],
      [host.netbird, TOKENS.deleted, 'Token deleted'],
      [host.netbird, TOKENS.blocked, 'User blocked'],
      [host.netbird, TOKENS.smallRole, 'Role too small'],
      [host.url, TOKENS.good, 'Not a NetBird server'],
      ['http://127.0.0.1:9', TOKENS.good, 'Host not reachable'],
    ] as const) {
      await address.fill(url)
      await token.fill(value)
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByRole('alert').getByText(message).waitFor()
    }
    await address.fill(host.netbird)
    await token.fill(TOKENS.good)
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByText(/The connection works.* \d+ peers/).waitFor()
  })

  test('a rule is made with email and a signed webhook', async () => {
    await page.getByRole('link', { name: 'Rules', exact: true }).click()
    // What was typed into the form of the connection is not lost without a question.
    await page.getByRole('button', { name: 'Leave this page' }).click()
    await page.getByRole('link', { name: 'New rule' }).first().click()
    await page.getByRole('button', { name: 'Create rule' }).click()
    await page.getByText('Name the rule.').waitFor()

    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(RULE)
    await page.getByRole('textbox', { name: 'Offline for, in minutes' }).fill('0')
    await page.getByRole('combobox', { name: /^Only peers of these groups/ }).fill(GROUP.slice(0, 4))
    await page.getByRole('option', { name: new RegExp(`^${GROUP} \\d+ peers?$`) }).click()
    await page.getByRole('combobox', { name: 'Email recipients' }).fill(RECIPIENT)
    await page.getByRole('group', { name: 'Of this rule alone' }).getByRole('button', { name: 'Webhook' }).click()
    await page.getByRole('textbox', { name: 'Webhook address' }).fill(receiver.url)
    await page.getByRole('button', { name: 'Add header' }).click()
    await page.getByRole('textbox', { name: 'Name of header 1' }).fill('X-Team')
    await page.getByRole('textbox', { name: 'Value of header 1' }).fill('databases')
    const sentence = `When any peer of ${GROUP} is offline, tell ${RECIPIENT} and the webhook at 127.0.0.1.`
    await page.getByText(`When any peer of ${GROUP} is offline, open an alert. Tell ${RECIPIENT} and the webhook at 127.0.0.1.`).waitFor()
    await page.getByRole('button', { name: 'Create rule' }).click()

    const dialog = page.getByRole('dialog', { name: 'Store the signing secret now' })
    secret = (await dialog.locator('code').textContent()) ?? ''
    expect(secret).toMatch(/^whsec_/)
    await screenshot(page, 'story-secret')
    await dialog.getByRole('button', { name: 'I have stored it' }).click()
    const list = page.getByRole('table', { name: 'Rules' })
    await list.getByText(RULE, { exact: true }).waitFor()
    await list.getByText(sentence).waitFor()
    expect(await list.textContent()).not.toContain(secret)
  })

  test('a recipient who is not a member is asked by mail, and says yes', async ({ host, person }) => {
    await page.goto('/rules')
    await page.getByText(`Not confirmed yet: ${RECIPIENT}`).waitFor()
    const link = await linkMailedTo(page, RECIPIENT, '/confirm-recipient')
    const recipient = await person()
    await recipient.goto(link)
    expect(recipient.url()).toBe(`${host.url}/confirm-recipient`)
    await recipient.getByText(RECIPIENT).waitFor()
    await recipient.getByRole('button', { name: /^Yes, send me alerts of / }).click()
    await recipient.getByRole('heading', { name: 'You will get these alerts' }).waitFor()
    await page.goto('/rules')
    await page.getByText(/^\d+ recipients? confirmed$/).click()
    await page.getByRole('list', { name: 'Recipients who confirmed' }).getByText(RECIPIENT).waitFor()
    expect(await page.getByText(`Not confirmed yet: ${RECIPIENT}`).count()).toBe(0)
  })

  test('a peer goes down: the alert opens, and the webhook and the email come', async ({ host }) => {
    await page.goto(`/peers?group=${GROUP}&status=online`)
    const name = (await page.getByRole('table', { name: 'Peers' }).getByRole('link').first().textContent()) ?? ''
    await netbird(host.netbird, 'disconnect', { peers: [name] })

    await page.getByRole('link', { name: /^Alerts/ }).click()
    const row = page.getByRole('table', { name: 'Alerts' }).getByRole('row').filter({ hasText: RULE })
    await row.first().waitFor({ timeout: SOON.timeout })
    await row.getByRole('link').first().click()
    await page.getByRole('heading', { name: 'Timeline' }).waitFor()
    alertUrl = page.url()
    await page.getByText('Open', { exact: true }).waitFor()

    await expect.poll(() => receiver.deliveries.length, SOON).toBeGreaterThan(0)
    const [delivery] = receiver.deliveries
    if (!delivery) throw new Error('nothing was delivered')
    expect(isSigned(delivery, secret)).toBe(true)
    expect(delivery.headers['x-team']).toBe('databases')
    await page.getByText(`Told ${RECIPIENT} by email`).waitFor({ timeout: SOON.timeout })
    await page.getByText('Told 127.0.0.1 by webhook').waitFor({ timeout: SOON.timeout })
  })

  test('the alert is acknowledged with a message, by key', async () => {
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: 'Acknowledge alert' })
    await dialog.getByRole('textbox', { name: /^Message/ }).fill('Looking into it.')
    await dialog.getByRole('button', { name: 'Acknowledge' }).click()
    await page.getByText('Acknowledged by demo').waitFor()
    await page.getByText('Looking into it.').waitFor()
    await screenshot(page, 'story-alert')
  })

  test('and resolved with another', async () => {
    await page.getByRole('button', { name: 'Resolve' }).click()
    const dialog = page.getByRole('dialog', { name: 'Resolve alert' })
    await dialog.getByRole('textbox', { name: /^Message/ }).fill('Plugged it in again.')
    await dialog.getByRole('button', { name: 'Resolve' }).click()
    await page.getByText('Resolved by demo').waitFor()
    await page.getByText('Plugged it in again.').waitFor()
    expect(await page.getByRole('button', { name: 'Resolve' }).count()).toBe(0)
    await page.reload()
    await page.getByText('Resolved by demo').waitFor()
    expect(page.url()).toBe(alertUrl)
  })

  test('the kept mail tells of it', async () => {
    await page.getByRole('link', { name: 'Mail', exact: true }).click()
    const mails = page.getByRole('table', { name: 'Mails' })
    await mails.getByRole('row').filter({ hasText: RECIPIENT }).first().getByRole('link').click()
    await page.getByRole('article').getByText(RECIPIENT).waitFor()
  })

  test('the palette finds the rule', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search/ }).fill(RULE)
    await page.getByRole('option', { name: new RegExp(`^${RULE}`) }).waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url(), SOON).toMatch(/\/rules\/[0-9a-f-]{36}$/)
  })

  test('the rule is changed, keeps what is secret, and is switched off and on', async () => {
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    const description = page.getByRole('textbox', { name: /^Description/ })
    await description.fill('Look at the rack first.')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Look at the rack first.').waitFor()
    await page.getByText('127.0.0.1…').waitFor()
    const control = page.getByRole('switch', { name: `Watch: ${RULE}` })
    await control.click()
    await expect.poll(() => control.getAttribute('aria-checked'), SOON).toBe('false')
    await control.click()
    await expect.poll(() => control.getAttribute('aria-checked'), SOON).toBe('true')
    const before = receiver.deliveries.length
    await page.getByRole('button', { name: 'Send test: Webhook' }).click()
    await page.getByText(/^Delivered: 204 in /).waitFor({ timeout: SOON.timeout })
    const test = receiver.deliveries.slice(before).find(({ body }) => body.includes('"type":"test"'))
    expect(test && isSigned(test, secret)).toBe(true)
    await screenshot(page, 'story-rule')
  })

  test('a copy of it is made and deleted', async () => {
    await page.getByRole('link', { name: 'Duplicate' }).click()
    await page.getByRole('button', { name: 'Remove Webhook' }).click()
    await page.getByRole('button', { name: 'Create rule' }).click()
    await page.getByRole('link', { name: `Copy of ${RULE}`, exact: true }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: `Delete “Copy of ${RULE}”` }).click()
    await page.getByRole('table', { name: 'Rules' }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: `Copy of ${RULE}`, exact: true }).count(), SOON).toBe(0)
  })

  test('pages are told of what happens as it happens', async () => {
    await page.goto('/')
    await page.getByRole('button', { name: 'Live', exact: true }).waitFor()
  })

  test('signing out ends the session in every tab', async () => {
    const other = await page.context().newPage()
    await other.goto('/rules')
    await other.getByRole('table', { name: 'Rules' }).waitFor()
    await page.getByRole('button', { name: /signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await other.getByRole('heading', { name: 'Sign in' }).waitFor()
    await other.close()
  })
})

// On the phone for pictures alone: the states look at every page there.
for (const { name, phone } of [{ name: 'desktop', phone: false }, ...(PICTURES ? [{ name: 'phone', phone: true }] : [])]) {
  test(`every page has what axe asks for: ${name}`, async ({ host, person }) => {
    const page = await person({ phone })
    const look = async (what: string) => {
      await screenshot(page, `live${what}-${name}-light`)
      expect.soft(await axeViolations(page), `${what} ${name}`).toEqual([])
      await turnDark(page)
      await screenshot(page, `live${what}-${name}-dark`)
      expect.soft(await axeViolations(page, { rules: COLOURS }), `${what} ${name} in the dark`).toEqual([])
      await page.emulateMedia({ colorScheme: 'light' })
    }
    await page.goto('/')
    await fillSignIn(page, host)
    for (const [path, ready] of [
      ['/', 'System health'],
      ['/peers', 'as of'],
      ['/topology?view=table', 'may reach'],
      ['/groups', 'servers'],
      ['/setup-keys', 'Valid'],
      ['/users', 'Anna'],
      ['/access', 'Can '],
      ['/access/matrix', 'as of'],
      ['/access/change', 'What if?'],
      ['/access/proposals', 'No proposal yet'],
      ['/policies', 'laptops may reach servers'],
      ['/changes', 'Changes'],
      ['/findings', 'as of'],
      ['/posture-checks', 'client 0.60.0 or later'],
      ['/networks', 'wiki.corp.example'],
      ['/routes', 'intranet.example through'],
      ['/dns', 'corp.example is resolved by'],
      ['/events', 'as of'],
      ['/alerts?status=open,acknowledged,resolved', RULE],
      ['/metrics/own', 'Push a value'],
      ['/rules', RULE],
      ['/rules/new', 'In one sentence'],
      ['/rules/templates', 'Recommended'],
      ['/rules/import', 'Check the document'],
      ['/channels', 'No channel yet'],
      ['/channels/new', 'How to set it up'],
      ['/routing', 'No route yet'],
      ['/routing/new', 'Which alerts'],
      ['/deliveries', RECIPIENT],
      ['/audit', 'Signed in'],
      ['/audit/exports', 'No export yet'],
      ['/settings/accounts', 'Demo network'],
      ['/settings/accounts/connect', 'Test connection'],
      ['/settings/mail', RECIPIENT],
      ['/no-such-page', 'No such page'],
    ] as const) {
      if (path !== '/') await page.goto(path)
      // A name may stand in a menu that is closed, too.
      await page.getByText(ready).filter({ visible: true }).first().waitFor()
      await look(path.replace(/\?.*/, '').replaceAll('/', '-'))
    }
    // The first of each list, whose id nobody knows beforehand.
    for (const list of ['groups', 'users', 'policies', 'networks', 'routes', 'dns', 'posture-checks', 'setup-keys']) {
      await page.goto(`/${list}`)
      await page.locator('[data-row] a').first().click()
      await page.getByRole('heading', { name: 'Details' }).waitFor()
      await look(`-${list}-item`)
    }
    await page.context().close()
  })
}
