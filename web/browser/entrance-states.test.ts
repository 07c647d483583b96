import type { Page } from '@playwright/test'
import { axeViolations, expect, inEachView, press, screenshot, test, type Pages } from './stage'

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill('nora@acme.example')
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The ways in, before anybody is signed in. */
const ENTRANCE: Pages = {
  'sign-in-wrong': {
    path: '/sign-in',
    ready: 'Remember me',
    act: async (page) => {
      await signIn(page, 'wrong')
      await page.getByText('Email or password is wrong').waitFor()
    },
  },
  'sign-in-missing': { path: '/sign-in', ready: 'Remember me', act: press('Sign in') },
  'second-factor': {
    path: '/sign-in',
    ready: 'Remember me',
    act: async (page) => {
      await signIn(page, 'second')
      await page.getByRole('textbox', { name: 'Code' }).fill('000000')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText('This code is wrong').waitFor()
    },
  },
  'sign-up': { path: '/sign-up', ready: 'Organisation' },
  'sign-up-refused': {
    path: '/sign-up',
    ready: 'Organisation',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Organisation' }).fill('Blue Harbour')
      await page.getByRole('textbox', { name: 'Your name' }).fill('Lea')
      await page.getByRole('textbox', { name: 'Email' }).fill('lea@blueharbour.example')
      await page.getByRole('textbox', { name: 'Password' }).fill('passwordpassword')
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByText('among the most common').waitFor()
    },
  },
  'sign-up-mail': {
    path: '/sign-up',
    ready: 'Organisation',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Organisation' }).fill('Blue Harbour')
      await page.getByRole('textbox', { name: 'Your name' }).fill('Lea')
      await page.getByRole('textbox', { name: 'Email' }).fill('lea@blueharbour.example')
      await page.getByRole('textbox', { name: 'Password' }).fill('four words make it')
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByText('holds a link').waitFor()
    },
  },
  'sign-up-closed': { scenario: 'closed', path: '/sign-up', ready: 'closed here' },
  'verify-sign-up': { path: '/sign-up/verify#token=fresh', ready: 'Verify my address' },
  'verify-sign-up-done': {
    path: '/sign-up/verify#token=fresh',
    ready: 'Verify my address',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Password' }).fill('four words make it')
      await page.getByRole('button', { name: 'Verify my address' }).click()
      await page.getByText('Blue Harbour is ready').waitFor()
    },
  },
  'verify-sign-up-wrong': {
    path: '/sign-up/verify#token=fresh',
    ready: 'Verify my address',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Password' }).fill('wrong')
      await page.getByRole('button', { name: 'Verify my address' }).click()
      await page.getByText('not the one of this sign-up').waitFor()
    },
  },
  'verify-sign-up-expired': {
    path: '/sign-up/verify#token=expired',
    ready: 'Verify my address',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Password' }).fill('four words make it')
      await page.getByRole('button', { name: 'Verify my address' }).click()
      await page.getByText('no longer works').waitFor()
    },
  },
  'forgot-password': { path: '/forgot-password', ready: 'Send the link' },
  'forgot-password-mail': {
    path: '/forgot-password',
    ready: 'Send the link',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Email' }).fill('nora@acme.example')
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByText('is on its way').waitFor()
    },
  },
  'reset-password': { path: '/reset-password#token=fresh', ready: 'Set password' },
  'reset-password-expired': { path: '/reset-password', ready: 'no longer works' },
  'invitation-new': { path: '/invitation#token=new', ready: 'Create account and join' },
  'invitation-existing': {
    path: '/invitation#token=existing',
    ready: 'The password of your existing account here',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Password' }).fill('second')
      await page.getByRole('button', { name: 'Join Acme Networks' }).click()
      await page.getByRole('textbox', { name: 'Code' }).waitFor()
    },
  },
  'invitation-expired': { path: '/invitation#token=expired', ready: 'no longer works' },
  'confirm-email': { path: '/confirm-email#token=fresh', ready: 'Confirm this address' },
  'confirm-recipient': { path: '/confirm-recipient#token=fresh', ready: 'Yes, send me alerts of Acme Networks' },
  'confirm-recipient-long': { path: '/confirm-recipient#token=long', ready: 'No, never write to me for Network operations' },
  'confirm-recipient-again': { path: '/confirm-recipient#token=again', ready: 'You said yes before' },
  'confirm-recipient-yes': {
    path: '/confirm-recipient#token=fresh',
    ready: 'wants to mail alerts',
    act: async (page) => {
      await page.getByRole('button', { name: 'Yes, send me alerts of Acme Networks' }).click()
      await page.getByRole('heading', { name: 'You will get these alerts' }).waitFor()
    },
  },
  'confirm-recipient-no': {
    path: '/confirm-recipient#token=long',
    ready: 'wants to mail alerts',
    act: async (page) => {
      await page.getByRole('button', { name: /^No, never write to me/ }).click()
      await page.getByRole('heading', { name: 'You will get no alerts' }).waitFor()
    },
  },
  'confirm-recipient-late': {
    path: '/confirm-recipient#token=late',
    ready: 'wants to mail alerts',
    act: async (page) => {
      await page.getByRole('button', { name: /^Yes/ }).click()
      await page.getByText('no longer works').waitFor()
    },
  },
  'confirm-recipient-expired': { path: '/confirm-recipient', ready: 'no longer works' },
  'confirm-recipient-loading': { path: '/confirm-recipient#token=waiting', ready: 'Loading the request' },
  'confirm-recipient-failed': { path: '/confirm-recipient#token=broken', ready: 'Could not read the request' },
  acknowledge: { path: '/acknowledge#token=fresh', ready: 'router-02 is offline' },
  'acknowledge-long': { path: '/acknowledge#token=long', ready: 'hamburg-harbour-gateway-primary-01' },
  'acknowledge-done': {
    path: '/acknowledge#token=fresh',
    ready: 'router-02 is offline',
    act: async (page) => {
      await page.getByRole('textbox', { name: /^Message/ }).fill('On my way.')
      await page.getByRole('button', { name: 'Acknowledge' }).click()
      await page.getByRole('heading', { name: 'Acknowledged', exact: true }).waitFor()
    },
  },
  'acknowledge-overtaken': {
    path: '/acknowledge#token=race',
    ready: 'router-02 is offline',
    act: async (page) => {
      await page.getByRole('button', { name: 'Acknowledge' }).click()
      await page.getByRole('heading', { name: 'Already acknowledged' }).waitFor()
    },
  },
  'acknowledge-taken': { path: '/acknowledge#token=taken', ready: 'By Jonas Weber on' },
  'acknowledge-again': { path: '/acknowledge#token=used', ready: 'link sent to ops@acme.example' },
  'acknowledge-resolved': { path: '/acknowledge#token=resolved', ready: 'It is over' },
  'acknowledge-suppressed': { path: '/acknowledge#token=suppressed', ready: 'Nothing is told of this alert for now' },
  'acknowledge-late': {
    path: '/acknowledge#token=late',
    ready: 'router-02 is offline',
    act: async (page) => {
      await page.getByRole('button', { name: 'Acknowledge' }).click()
      await page.getByText('This link does not work').waitFor()
    },
  },
  'acknowledge-busy': {
    path: '/acknowledge#token=busy',
    ready: 'router-02 is offline',
    act: async (page) => {
      await page.getByRole('button', { name: 'Acknowledge' }).click()
      await page.getByText('Wait 30 s, then try again.').waitFor()
    },
  },
  'acknowledge-offline': {
    path: '/acknowledge#token=fresh',
    ready: 'router-02 is offline',
    act: async (page) => {
      await page.route('**/api/alerts/acknowledgement', (route) => route.abort())
      await page.getByRole('button', { name: 'Acknowledge' }).click()
      await page.getByText('It was not acknowledged').waitFor()
      await page.unroute('**/api/alerts/acknowledgement')
    },
  },
  'acknowledge-refused': {
    path: '/acknowledge#token=fresh',
    ready: 'router-02 is offline',
    act: async (page) => {
      await page.getByRole('textbox', { name: /^Message/ }).fill('refused')
      await page.getByRole('button', { name: 'Acknowledge' }).click()
      await page.getByText('Must not hold control characters').waitFor()
    },
  },
  'acknowledge-expired': { path: '/acknowledge#token=expired', ready: 'This link does not work' },
  'acknowledge-bare': { path: '/acknowledge', ready: 'This link does not work' },
  'acknowledge-loading': { path: '/acknowledge#token=waiting', ready: 'Loading the alert' },
  'acknowledge-failed': { path: '/acknowledge#token=broken', ready: 'Could not read the alert' },
  'sso-name': { path: '/sso', ready: 'sign-in name', act: press('Continue') },
  'sso-unknown': { path: '/sso/nobody', ready: 'No organisation signs in as' },
  'sso-waiting': { path: '/sso/waiting', ready: 'Continuing to' },
  'sso-refused': { path: '/sso/callback/0193?code=refused&state=1', ready: 'not of a domain' },
  'sso-denied': { path: '/sso/callback/0193?error=access_denied&error_description=The+user+said+no', ready: 'The user said no' },
}

/** Lets no answer to these come until it is told to. */
async function hold(page: Page, path: string): Promise<() => void> {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route(path, async (route) => {
    await held
    await route.continue()
  })
  return () => release()
}

for (const { path, scenario, ready, hasCode } of [
  // What begins the app has the overview with it.
  { path: '/', scenario: 'full', ready: 'Needs attention', hasCode: false },
  { path: '/peers', scenario: 'full', ready: 'router-02', hasCode: true },
  { path: '/sign-in', scenario: 'signed-out', ready: 'Remember me', hasCode: true },
] as const) {
  test(`nothing is blank while ${path} waits for the session${hasCode ? ', or for its code' : ''}`, async ({ mock, open }) => {
    mock.scenario = scenario
    const page = await open()
    await page.clock.install()
    const outline = page.getByText('Starting', { exact: true })
    const session = await hold(page, '**/api/auth/refresh')
    const code = await hold(page, '**/assets/*Page-*.js')
    await page.goto(path)
    await outline.waitFor()
    await screenshot(page, `starting-${path.slice(1) || 'overview'}`)
    expect(await axeViolations(page)).toEqual([])
    const restored = page.waitForResponse('**/api/auth/refresh')
    session()
    await restored
    if (hasCode) {
      await page.clock.runFor(1000)
      expect(await outline.count()).toBe(1)
    }
    code()
    await page.getByText(ready).first().waitFor()
    await outline.waitFor({ state: 'detached' })
  })
}

test('a session that was ended elsewhere is told of on the page that is loaded again, and nothing is kept of whose it was', async ({ mock, open }) => {
  const page = await open()
  await page.goto('/peers')
  await page.getByText('router-02').first().waitFor()
  mock.scenario = 'signed-out'
  await page.reload()
  await page.getByText('Your session is over').waitFor()
  expect(new URL(page.url()).searchParams.get('next')).toMatch(/\/peers$/)
  expect(await axeViolations(page)).toEqual([])
  await screenshot(page, 'entrance-sign-in-ended')
  const kept = await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage).filter(([key]) => !key.startsWith('tsr-'))))
  expect(kept).toBe('[["was-signed-in","1"]]')
})

test('who comes for the first time is told of no session', async ({ mock, open }) => {
  mock.scenario = 'signed-out'
  const page = await open()
  await page.goto('/peers')
  await page.getByText('Remember me').waitFor()
  expect(await page.getByText('Your session is over').count()).toBe(0)
})

inEachView(() => {
  for (const [name, page] of Object.entries(ENTRANCE)) {
    test(`entrance: ${name}`, async ({ see }) => {
      await see(`entrance-${name}`, { scenario: 'signed-out', ...page })
    })
  }
})
