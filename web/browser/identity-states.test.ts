import type { Page } from 'playwright-core'
import { describe, test } from 'vitest'
import { isTelling, stage, VIEWS, type Visit } from './visit'

type Pages = Record<string, Omit<Visit, 'name'>>

const { visitor } = stage()

const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).click()

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
      await page.getByRole('button', { name: 'Verify my address' }).click()
      await page.getByText('Blue Harbour is ready').waitFor()
    },
  },
  'verify-sign-up-expired': {
    path: '/sign-up/verify#token=expired',
    ready: 'Verify my address',
    act: async (page) => {
      await page.getByRole('button', { name: 'Verify my address' }).click()
      await page.getByText('does not work any more').waitFor()
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
  'reset-password-expired': { path: '/reset-password', ready: 'does not work any more' },
  'invitation-new': { path: '/invitation#token=new', ready: 'Create account and join' },
  'invitation-existing': {
    path: '/invitation#token=existing',
    ready: 'The one of your account here',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Password' }).fill('second')
      await page.getByRole('button', { name: 'Join Acme Networks' }).click()
      await page.getByRole('textbox', { name: 'Code' }).waitFor()
    },
  },
  'invitation-expired': { path: '/invitation#token=expired', ready: 'does not work any more' },
  'confirm-email': { path: '/confirm-email#token=fresh', ready: 'Confirm this address' },
  'sso-name': { path: '/sso', ready: 'sign-in name', act: press('Continue') },
  'sso-unknown': { path: '/sso/nobody', ready: 'No organisation signs in as' },
  'sso-waiting': { path: '/sso/waiting', ready: 'Going on to' },
  'sso-refused': { path: '/sso/callback/0193?code=refused&state=1', ready: 'not of a domain' },
  'sso-denied': { path: '/sso/callback/0193?error=access_denied&error_description=The+user+said+no', ready: 'The user said no' },
}

const SETTINGS: Pages = {
  profile: { path: '/settings/profile', ready: 'Change email' },
  security: { path: '/settings/security', ready: 'Second factor' },
  sessions: { path: '/settings/sessions', ready: 'Safari on iPhone' },
  members: { path: '/settings/members', ready: 'Jonas Weber' },
  'members-filtered': { path: '/settings/members?search=contractors&status=invited', ready: 'old@contractors.example' },
  roles: { path: '/settings/roles', ready: 'Set up single sign-on' },
  tokens: { path: '/settings/tokens', ready: 'Nightly inventory' },
  'tokens-all': { path: '/settings/tokens?of=all', ready: 'Chat bot' },
  'new-token': { path: '/settings/tokens/new', ready: 'See alerts' },
  tenant: { path: '/settings/tenant', ready: 'Danger zone' },
  sso: { path: '/settings/sso', ready: 'Redirect address' },
}

const DIALOGS: Pages = {
  'tenant-menu': {
    path: '/settings/profile',
    ready: 'Change email',
    act: async (page) => {
      const opener = page.getByRole('button', { name: 'Open navigation' })
      if (await opener.isVisible()) await opener.click()
      await page.getByRole('button', { name: /^Tenant: Acme/ }).click()
      await page.getByRole('menuitemradio', { name: /Blue Harbour/ }).waitFor()
    },
  },
  'create-tenant': {
    path: '/settings/profile',
    ready: 'Change email',
    act: async (page) => {
      const opener = page.getByRole('button', { name: 'Open navigation' })
      if (await opener.isVisible()) await opener.click()
      await page.getByRole('button', { name: /^Tenant: Acme/ }).click()
      await page.getByRole('menuitem', { name: 'Create a tenant' }).click()
      await page.getByRole('button', { name: 'Create and switch' }).click()
      await page.getByText('Name the tenant.').waitFor()
    },
  },
  'profile-refused': {
    path: '/settings/profile',
    ready: 'Change email',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'New email' }).fill('nora@new.example')
      await page.getByRole('textbox', { name: 'Your password' }).fill('wrong')
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByText('The password is wrong').waitFor()
    },
  },
  'second-factor-pair': {
    path: '/settings/security',
    ready: 'Second factor',
    act: async (page) => {
      await page.getByRole('button', { name: 'Set up' }).click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Your password' }).fill('right')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByRole('img', { name: /QR code/ }).waitFor()
    },
  },
  'recovery-codes': {
    path: '/settings/security',
    ready: 'Second factor',
    act: async (page) => {
      await page.getByRole('button', { name: 'Set up' }).click()
      await page.getByRole('dialog').getByRole('textbox', { name: 'Your password' }).fill('right')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByRole('textbox', { name: 'Code' }).fill('123456')
      await page.getByRole('button', { name: 'Turn on' }).click()
      await page.getByRole('list', { name: 'Recovery codes' }).waitFor()
    },
  },
  'second-factor-off': { scenario: 'second-factor', path: '/settings/security', ready: '2 recovery codes left', act: press('Turn off') },
  'revoke-sessions': { path: '/settings/sessions', ready: 'Safari on iPhone', act: press('Revoke all others') },
  invite: {
    path: '/settings/members',
    ready: 'Jonas Weber',
    act: async (page) => {
      await page.getByRole('button', { name: 'Invite' }).click()
      await page.getByRole('textbox', { name: 'Email' }).fill('jonas@acme.example')
      await page.getByRole('button', { name: 'Send invitation' }).click()
      await page.getByText('is a member already').waitFor()
    },
  },
  'member-menu': { path: '/settings/members', ready: 'Jonas Weber', act: press('Actions for Jonas Weber') },
  'transfer-ownership': {
    scenario: 'second-factor',
    path: '/settings/members',
    ready: 'Jonas Weber',
    act: async (page) => {
      await page.getByRole('button', { name: 'Actions for Jonas Weber' }).click()
      await page.getByRole('menuitem', { name: 'Transfer ownership' }).click()
      await page.getByRole('dialog', { name: /Make Jonas Weber/ }).waitFor()
    },
  },
  'new-token-made': {
    path: '/settings/tokens/new',
    ready: 'See alerts',
    act: async (page) => {
      await page.getByRole('button', { name: 'Make token' }).click()
      await page.getByText('Choose at least one.').waitFor()
      await page.getByRole('textbox', { name: 'Name' }).fill('Inventory')
      await page.getByRole('checkbox', { name: /See alerts/ }).check()
      await page.getByRole('button', { name: 'Make token' }).click()
      await page.getByText('nmp_ab12Cd34').waitFor()
    },
  },
  'delete-tenant': {
    path: '/settings/tenant',
    ready: 'Danger zone',
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete tenant' }).click()
      const dialog = page.getByRole('dialog', { name: 'Delete Acme Networks?' })
      await dialog.getByRole('button', { name: 'Delete Acme Networks' }).click()
      await dialog.getByText('Enter your password.').waitFor()
    },
  },
  'sso-settings-refused': {
    path: '/settings/sso',
    ready: 'Redirect address',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Issuer' }).fill('https://wrong.example')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('answered 404').waitFor()
    },
  },
  'sso-user': { scenario: 'sso', path: '/settings/profile', ready: 'Your identity provider keeps' },
  viewer: { scenario: 'viewer', path: '/settings/members', ready: 'Jonas Weber' },
}

/** The words that show a page to have nothing. */
const EMPTY: Record<string, string> = {
  sessions: 'No session listed',
  members: 'Nobody else yet',
  roles: 'No role listed',
  tokens: 'No API token yet',
  sso: 'Set up single sign-on',
}

/** Who may not see a page at all is told so before anything is asked. */
const FORBIDDEN: Record<string, string> = { sso: 'sso:write' }

describe.each(VIEWS)('$name', (view) => {
  const see = visitor(view)

  test.each(Object.entries(ENTRANCE))('entrance: %s', async (name, page) => {
    await see(`entrance-${name}`, { scenario: 'signed-out', ...page })
  })

  test.each(Object.entries(SETTINGS))('settings: %s', async (name, page) => {
    await see(`settings-${name}`, page)
  })

  test.runIf(isTelling(view)).each(Object.entries(DIALOGS))('dialog: %s', async (name, page) => {
    await see(`settings-${name}`, page)
  })

  test.runIf(isTelling(view)).each(['sessions', 'members', 'roles', 'tokens', 'tenant', 'sso'])('empty, loading, failed, not allowed: %s', async (name) => {
    const path = SETTINGS[name]?.path ?? '/'
    const empty = EMPTY[name]
    if (empty) await see(`settings-${name}-empty`, { scenario: 'empty', path, ready: empty })
    await see(`settings-${name}-loading`, { scenario: 'slow', path, ready: 'Loading' })
    await see(`settings-${name}-failed`, { scenario: 'failed', path, ready: 'Could not load' })
    await see(`settings-${name}-forbidden`, { scenario: 'forbidden', path, ready: 'You may not see' })
    const permission = FORBIDDEN[name]
    if (permission) await see(`settings-${name}-hidden`, { scenario: 'viewer', path, ready: permission })
  })
})
