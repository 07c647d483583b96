import { readFile } from 'node:fs/promises'
import { TOTP } from 'otpauth'
import type { Page } from '@playwright/test'
import { screenshot } from './chromium'
import { expect, SOON, test } from './host'
import { linkMailedTo } from './mailbox'
import { startProvider } from './provider'

// Each step stands on the one before.
test.describe.configure({ mode: 'serial' })

const TENANT = `Blue Harbour ${process.pid}`
const OWNER = { email: `lea.${process.pid}@harbour.example`, password: 'four words for lea' }
const GUEST = { email: `tom.${process.pid}@harbour.example`, password: 'four words for tom' }
const NEW_PASSWORD = 'four other words for lea'
const STEP_MS = 30_000

async function fillSignIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

async function signOut(page: Page): Promise<void> {
  const item = page.getByRole('menuitem', { name: 'Sign out' })
  // What was just saved may be read anew, which closes the menu: it is opened once more.
  for (let tries = 0; tries < 5; tries++) {
    await page.getByRole('button', { name: /signed in as/ }).click()
    const isClicked = await item.click({ timeout: 3000 }).then(
      () => true,
      () => false,
    )
    if (isClicked) break
    await page.keyboard.press('Escape')
  }
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  // Not only out of sight: the cookie opens nothing any more.
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

const isIn = (page: Page, tenant: string) => page.getByRole('button', { name: `Tenant: ${tenant}` }).waitFor()

async function switchTo(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('button', { name: `Tenant: ${from}` }).click()
  await page.getByRole('menuitemradio', { name: to }).click()
  await isIn(page, to)
}

test.describe('people and tenants', () => {
  let clerk: Page
  let owner: Page
  let guest: Page
  let demoTenant = ''
  let secret = ''
  let recoveryCodes: string[] = []
  let lastStep = 0

  const mailedTo = (email: string, path: string) => linkMailedTo(clerk, email, path)

  /** A code that was not used before: each works once. */
  async function freshCode(): Promise<string> {
    const now = Math.floor(Date.now() / STEP_MS)
    if (now <= lastStep) await new Promise((resolve) => setTimeout(resolve, (lastStep + 1) * STEP_MS - Date.now() + 500))
    lastStep = Math.floor(Date.now() / STEP_MS)
    return new TOTP({ secret }).generate()
  }

  test.beforeAll(async ({ host, person }) => {
    ;[clerk, owner, guest] = [await person(), await person(), await person()]
    await clerk.goto('/settings/mail')
    await fillSignIn(clerk, host)
    const tenant = clerk.getByRole('button', { name: /^Tenant: / })
    await tenant.waitFor()
    demoTenant = (await tenant.locator('.font-semibold').textContent()) ?? ''
  })

  test('a tenant is signed up, its address verified by mail', async ({ host }) => {
    await owner.goto('/sign-in')
    await owner.getByRole('link', { name: 'Sign up' }).click()
    await owner.getByRole('textbox', { name: 'Organisation' }).fill(TENANT)
    await owner.getByRole('textbox', { name: 'Your name' }).fill('Lea Lind')
    await owner.getByRole('textbox', { name: 'Email' }).fill(OWNER.email)
    await owner.getByRole('textbox', { name: 'Password' }).fill('password')
    await owner.getByRole('button', { name: 'Sign up' }).click()
    await owner.getByText('Use at least 15 characters.').waitFor()
    await owner.getByRole('textbox', { name: 'Password' }).fill(OWNER.password)
    await owner.getByRole('button', { name: 'Sign up' }).click()
    await owner.getByRole('heading', { name: 'Check your mail' }).waitFor()

    await owner.goto('/sign-in')
    await fillSignIn(owner, OWNER)
    await owner.getByText('Email or password is wrong').waitFor()

    const link = await mailedTo(OWNER.email, '/sign-up/verify')
    await owner.goto(link)
    expect(owner.url()).toBe(`${host.url}/sign-up/verify`)
    await owner.getByRole('textbox', { name: 'Password' }).fill(OWNER.password)
    await owner.getByRole('button', { name: 'Verify my address' }).click()
    await owner.getByRole('heading', { name: `${TENANT} is ready` }).waitFor()
    await owner.getByRole('link', { name: 'Sign in' }).click()
    await fillSignIn(owner, OWNER)
    await isIn(owner, TENANT)
    await owner.getByText('Three steps to a watched network').waitFor()
    await signOut(owner)

    await owner.goto(link)
    await owner.getByRole('textbox', { name: 'Password' }).fill(OWNER.password)
    await owner.getByRole('button', { name: 'Verify my address' }).click()
    await owner.getByText('This link no longer works').waitFor()
  })

  test('a forgotten password is reset by mail', async () => {
    await owner.goto('/sign-in')
    await owner.getByRole('link', { name: 'Forgot password?' }).click()
    await owner.getByRole('textbox', { name: 'Email' }).fill(OWNER.email)
    await owner.getByRole('button', { name: 'Send the link' }).click()
    await owner.getByRole('heading', { name: 'Check your mail' }).waitFor()
    await owner.goto(await mailedTo(OWNER.email, '/reset-password'))
    await owner.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD)
    await owner.getByRole('button', { name: 'Set password' }).click()
    await owner.getByRole('heading', { name: 'Password set' }).waitFor()
    await owner.getByRole('link', { name: 'Sign in' }).click()
    await fillSignIn(owner, OWNER)
    await owner.getByText('Email or password is wrong').waitFor()
    OWNER.password = NEW_PASSWORD
    await fillSignIn(owner, OWNER)
    await isIn(owner, TENANT)
  })

  test('somebody new is invited and joins', async () => {
    await owner.goto('/settings/members')
    await owner.getByRole('button', { name: 'Invite' }).click()
    await owner.getByRole('textbox', { name: 'Email' }).fill(GUEST.email)
    await owner.getByRole('button', { name: 'Send invitation' }).click()
    await owner.getByRole('row').filter({ hasText: GUEST.email }).getByText('Invited', { exact: true }).filter({ visible: true }).waitFor()

    await guest.goto(await mailedTo(GUEST.email, '/invitation'))
    await guest.getByRole('heading', { name: `Join ${TENANT}` }).waitFor()
    await guest.getByText('Lea Lind invites').waitFor()
    await guest.getByRole('textbox', { name: 'Your name' }).fill('Tom Thorn')
    await guest.getByRole('textbox', { name: 'Password' }).fill(GUEST.password)
    await guest.getByRole('button', { name: 'Create account and join' }).click()
    await isIn(guest, TENANT)

    await guest.goto('/settings/members')
    await guest.getByRole('table', { name: 'Members' }).getByText('Tom Thorn').waitFor()
    expect(await guest.getByRole('button', { name: 'Invite' }).count()).toBe(0)
    expect(await guest.getByRole('link', { name: 'Single sign-on' }).count()).toBe(0)
  })

  test('a changed role counts at once', async () => {
    await owner.goto('/settings/members?search=tom')
    await owner.getByRole('button', { name: 'Actions for Tom Thorn' }).click()
    await owner.getByRole('menuitem', { name: 'Change role' }).click()
    await owner.getByRole('radio', { name: 'Network admin' }).check()
    await owner.getByRole('button', { name: 'Change role' }).click()
    await owner.getByRole('row').filter({ hasText: 'Tom Thorn' }).getByText('Network admin').waitFor()
    await guest.reload()
    await guest.goto('/rules')
    await guest.getByRole('link', { name: 'New rule' }).first().waitFor()
  })

  test('an existing account joins another tenant and switches between both', async () => {
    await clerk.goto('/settings/members')
    await clerk.getByRole('button', { name: 'Invite' }).click()
    await clerk.getByRole('textbox', { name: 'Email' }).fill(GUEST.email)
    await clerk.getByRole('radio', { name: 'Viewer' }).check()
    await clerk.getByRole('button', { name: 'Send invitation' }).click()
    await clerk.getByRole('row').filter({ hasText: GUEST.email }).waitFor()

    await expect
      .poll(async () => {
        await guest.goto(await mailedTo(GUEST.email, '/invitation'))
        return guest.getByRole('heading', { name: `Join ${demoTenant}` }).isVisible()
      }, SOON)
      .toBe(true)
    await guest.getByRole('textbox', { name: 'Password' }).fill(GUEST.password)
    await guest.getByRole('button', { name: `Join ${demoTenant}` }).click()
    await isIn(guest, demoTenant)
    await guest.goto('/peers')
    await guest.getByRole('table', { name: 'Peers' }).waitFor()
    await switchTo(guest, demoTenant, TENANT)
    await guest.goto('/peers')
    await guest.getByText('No peers yet').waitFor()
  })

  test('a tenant is made from within', async () => {
    await guest.getByRole('button', { name: `Tenant: ${TENANT}` }).click()
    await guest.getByRole('menuitem', { name: 'Create a tenant' }).click()
    await guest.getByRole('textbox', { name: 'Name' }).fill(`Tom’s ${process.pid}`)
    await guest.getByRole('button', { name: 'Create and switch' }).click()
    await isIn(guest, `Tom’s ${process.pid}`)
    // Its closing gives the focus back, which would close the menu that comes next.
    await guest.getByRole('dialog').waitFor({ state: 'detached' })
    await switchTo(guest, `Tom’s ${process.pid}`, TENANT)
  })

  test('a second factor is set up', async () => {
    await owner.goto('/settings/security')
    await owner.getByRole('button', { name: 'Set up' }).click()
    const dialog = owner.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Your password' }).fill('not the password')
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Your password' }).getAttribute('aria-invalid'), SOON).toBe('true')
    await dialog.getByRole('textbox', { name: 'Your password' }).fill(OWNER.password)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await dialog.getByRole('img', { name: /QR code/ }).waitFor()
    secret = ((await dialog.locator('code').textContent()) ?? '').replaceAll(' ', '')
    await dialog.getByRole('textbox', { name: 'Code' }).fill(await freshCode())
    await dialog.getByRole('button', { name: 'Turn on' }).click()
    const codes = owner.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    await codes.first().waitFor()
    recoveryCodes = await codes.allTextContents()
    expect(new Set(recoveryCodes).size).toBe(10)
    await owner.getByRole('button', { name: 'I have stored it' }).click()
    await owner.getByText('10 recovery codes left').waitFor()
  })

  test('and asked for at the next sign-in; a recovery code works in its place, once', async () => {
    await signOut(owner)
    await fillSignIn(owner, OWNER)
    await owner.getByRole('textbox', { name: 'Code' }).fill('000000')
    await owner.getByRole('button', { name: 'Sign in' }).click()
    await owner.getByText('This code is wrong').waitFor()
    await owner.getByRole('textbox', { name: 'Code' }).fill(await freshCode())
    await owner.getByRole('button', { name: 'Sign in' }).click()
    await isIn(owner, TENANT)

    await signOut(owner)
    await fillSignIn(owner, OWNER)
    await owner.getByRole('button', { name: 'Use a recovery code' }).click()
    await owner.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCodes[0] ?? '')
    await owner.getByRole('button', { name: 'Sign in' }).click()
    await isIn(owner, TENANT)
    await owner.goto('/settings/security')
    await owner.getByText('9 recovery codes left').waitFor()
  })

  test('an API token does what its scopes say, until it is revoked', async ({ host }) => {
    const ask = (token: string, path: string) => fetch(host.url + path, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)
    await owner.goto('/settings/tokens/new')
    await owner.getByRole('textbox', { name: 'Name' }).fill('Nightly inventory')
    await owner.getByRole('checkbox', { name: /alerts:read/ }).check()
    await owner.getByRole('button', { name: 'Create token' }).click()
    const dialog = owner.getByRole('dialog', { name: 'Store the token now' })
    const token = (await dialog.locator('code').first().textContent()) ?? ''
    expect(token).toMatch(/^nmp_[0-9A-Za-z]{36}$/)
    expect(await ask(token, '/api/alerts')).toBe(200)
    expect(await ask(token, '/api/alerts/rules')).toBe(403)
    expect(await ask(token, '/api/auth/sessions')).toBe(403)
    await dialog.getByRole('button', { name: 'I have stored it' }).click()

    const row = owner.getByRole('table', { name: 'API tokens' }).getByRole('row').filter({ hasText: 'Nightly inventory' })
    await row.first().waitFor()
    expect(await owner.content()).not.toContain(token)
    await row.first().getByRole('button', { name: /^Revoke/ }).click()
    await owner.getByRole('button', { name: 'Revoke Nightly inventory' }).click()
    await owner.getByText('No API token yet').waitFor()
    expect(await ask(token, '/api/alerts')).toBe(401)
  })

  test('a session is seen and revoked from another', async ({ person }) => {
    const elsewhere = await person()
    await elsewhere.goto('/sign-in')
    await fillSignIn(elsewhere, GUEST)
    await elsewhere.getByRole('button', { name: /^Tenant: / }).waitFor()
    await guest.goto('/settings/sessions')
    await guest.getByText('This one').waitFor()
    await guest.getByRole('button', { name: /^Revoke ?:/ }).first().waitFor()
    await guest.getByRole('button', { name: 'Revoke all others' }).click()
    await guest.getByRole('dialog').getByRole('button', { name: 'Revoke all others' }).click()
    await guest.getByText('1 session', { exact: true }).waitFor()
    await elsewhere.goto('/rules')
    await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  test('people sign in at their own OpenID provider, which says their role', async ({ person }) => {
    await owner.goto('/settings/sso')
    const redirectUri = (await owner.locator('code').filter({ hasText: '/sso/callback' }).textContent()) ?? ''
    const client = { clientId: 'netbird-platform', clientSecret: 'only for this test' }
    const provider = await startProvider({ ...client, redirectUri, groups: ['everybody', 'netops'] })
    try {
      const slug = `harbour-${process.pid}`
      await owner.getByRole('textbox', { name: 'Client id' }).fill(client.clientId)
      await owner.getByRole('textbox', { name: 'Client secret' }).fill(client.clientSecret)
      await owner.getByRole('textbox', { name: 'Sign-in name' }).fill(slug)
      await owner.getByRole('combobox', { name: 'Domains' }).fill('harbour.example,')
      await owner.getByRole('textbox', { name: 'Claim' }).fill('groups')
      await owner.getByRole('button', { name: 'Add value' }).click()
      await owner.getByRole('textbox', { name: 'Value 1' }).fill('netops')
      await owner.getByRole('combobox', { name: 'Role 1' }).selectOption({ label: 'Network admin' })
      await owner.getByRole('textbox', { name: 'Issuer' }).fill('http://127.0.0.1:9')
      await owner.getByRole('button', { name: 'Save' }).click()
      await expect.poll(() => owner.getByRole('textbox', { name: 'Issuer' }).getAttribute('aria-invalid'), SOON).toBe('true')
      await owner.getByRole('textbox', { name: 'Issuer' }).fill(provider.issuer)
      await owner.getByRole('button', { name: 'Save' }).click()
      await owner.getByText('Where your people sign in').waitFor()

      const sam = await person()
      // The provider's own page asks the world for a font.
      await sam.route(/^https:/, (route) => route.abort())
      await sam.goto('/sign-in')
      await sam.getByRole('link', { name: 'Sign in with SSO' }).click()
      await sam.getByRole('textbox', { name: /sign-in name/ }).fill(slug)
      await sam.getByRole('button', { name: 'Continue' }).click()
      await sam.waitForURL(`${provider.issuer}/**`)
      await sam.locator('input[name=login]').fill(`sam.${process.pid}@harbour.example`)
      await sam.locator('input[name=password]').fill('any')
      await sam.locator('button[type=submit]').click()
      await sam.getByRole('button', { name: 'Continue' }).click()
      await isIn(sam, TENANT)
      expect(new URL(sam.url()).pathname).toMatch(/^\/t\/blue-harbour-/)
      await screenshot(sam, 'story-sso')

      await sam.goto('/settings/profile')
      await sam.getByText('Network admin').first().waitFor()
      expect(await sam.getByRole('link', { name: 'Security' }).count()).toBe(0)
      await owner.goto('/settings/members?search=sam')
      await owner.getByRole('row').filter({ hasText: 'Sam Single' }).getByText('SSO').waitFor()
    } finally {
      provider.stop()
    }
  })

  test('the tenant is deleted, its audit trail kept', async () => {
    await owner.goto('/settings/tenant')
    await owner.getByRole('button', { name: 'Delete tenant' }).click()
    const dialog = owner.getByRole('dialog', { name: `Delete ${TENANT}?` })
    const [saved] = await Promise.all([owner.waitForEvent('download'), dialog.getByRole('button', { name: 'Download the whole audit trail' }).click()])
    const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\n')
    const actions = lines.map((line) => (JSON.parse(line) as { action: string }).action)
    expect(actions.at(-1)).toBe('tenant.create')
    expect(actions.length).toBeGreaterThan(5)
    for (const value of [OWNER.password, secret, recoveryCodes[1] ?? '']) expect(lines.join('\n')).not.toContain(value)

    await dialog.getByRole('textbox', { name: `Type “${TENANT}”` }).fill(TENANT)
    await dialog.getByRole('textbox', { name: 'Your password' }).fill(OWNER.password)
    await dialog.getByRole('textbox', { name: 'Code' }).fill(await freshCode())
    await dialog.getByRole('button', { name: `Delete ${TENANT}` }).click()
    await owner.getByRole('heading', { name: 'Sign in' }).waitFor()
    // The other member goes on in a tenant of theirs, without signing in again.
    await guest.goto('/settings/tenant')
    await guest.getByRole('button', { name: /^Tenant: / }).waitFor()
    expect(await guest.getByRole('button', { name: `Tenant: ${TENANT}` }).count()).toBe(0)
  })

  test('somebody leaves a tenant, whose access ends at once', async () => {
    const present = (await guest.getByRole('button', { name: /^Tenant: / }).locator('.font-semibold').textContent()) ?? ''
    if (present !== demoTenant) await switchTo(guest, present, demoTenant)
    await guest.goto('/settings/tenant')
    await guest.getByRole('button', { name: 'Leave this tenant' }).click()
    const dialog = guest.getByRole('dialog', { name: `Leave ${demoTenant}?` })
    await dialog.getByRole('textbox', { name: 'Your password' }).fill('not the password')
    await dialog.getByRole('button', { name: `Leave ${demoTenant}` }).click()
    await expect.poll(() => dialog.getByRole('textbox', { name: 'Your password' }).getAttribute('aria-invalid'), SOON).toBe('true')
    await dialog.getByRole('textbox', { name: 'Your password' }).fill(GUEST.password)
    await dialog.getByRole('button', { name: `Leave ${demoTenant}` }).click()
    await guest.getByText(`You left ${demoTenant}.`).waitFor()
    // The session goes on elsewhere, or anew.
    const signIn = guest.getByRole('heading', { name: 'Sign in' })
    await signIn.or(guest.getByRole('button', { name: /^Tenant: Tom/ })).waitFor()
    if (await signIn.isVisible()) await fillSignIn(guest, GUEST)
    await isIn(guest, `Tom’s ${process.pid}`)
    await guest.getByRole('button', { name: /^Tenant: Tom/ }).click()
    expect(await guest.getByRole('menuitemradio', { name: demoTenant }).count()).toBe(0)
    await clerk.goto('/settings/members?search=tom')
    await clerk.getByText('No member matches').waitFor()
  })
})
