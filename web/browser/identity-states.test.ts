import { SEEN } from './pages'
import { inEachView, press, test, type Pages } from './stage'

/** Accounts, connecting one, and mail have tests of their own. */
const SETTINGS = SEEN.filter(({ name, path }) => path.startsWith('/settings') && !['accounts', 'connect', 'mail'].includes(name))

const FURTHER: Pages = {
  'members-filtered': { path: '/settings/members?search=contractors&status=invited', ready: 'old@contractors.example' },
  'tokens-all': { path: '/settings/tokens?of=all', ready: 'Chat bot' },
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
  'profile-code': {
    // The second factor was set up elsewhere, after this page was opened.
    path: '/settings/profile',
    ready: 'Change email',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'New email' }).fill('nora@new.example')
      await page.getByRole('textbox', { name: 'Your password' }).fill('second')
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByText('Enter the code of your second factor').waitFor()
      await page.getByRole('textbox', { name: 'Code' }).fill('123456')
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByText('A mail to nora@new.example').waitFor()
    },
  },
  'password-code': {
    scenario: 'second-factor',
    path: '/settings/security',
    ready: '2 recovery codes left',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Current password' }).fill('right')
      await page.getByRole('textbox', { name: 'New password' }).fill('four words make it')
      await page.getByRole('button', { name: 'Change password' }).click()
      await page.getByText('Enter the code.').waitFor()
      await page.getByRole('textbox', { name: 'Code' }).fill('000000')
      await page.getByRole('button', { name: 'Change password' }).click()
      await page.getByText('The code is wrong').waitFor()
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
  'make-owner': {
    scenario: 'second-factor',
    path: '/settings/members',
    ready: 'Jonas Weber',
    act: async (page) => {
      await page.getByRole('button', { name: 'Actions for Jonas Weber' }).click()
      await page.getByRole('menuitem', { name: 'Change role' }).click()
      const dialog = page.getByRole('dialog', { name: 'Role of Jonas Weber' })
      if (await dialog.getByRole('textbox', { name: 'Your password' }).isVisible()) throw new Error('a password is asked for too early')
      await dialog.getByRole('radio', { name: 'Owner' }).check()
      await dialog.getByRole('button', { name: 'Change role' }).click()
      await dialog.getByText('Enter your password.').waitFor()
      await dialog.getByText('Enter the code.').waitFor()
    },
  },
  'invite-owner': {
    path: '/settings/members',
    ready: 'Jonas Weber',
    act: async (page) => {
      await page.getByRole('button', { name: 'Invite' }).click()
      await page.getByRole('textbox', { name: 'Email' }).fill('lea@acme.example')
      await page.getByRole('radio', { name: 'Owner' }).check()
      await page.getByRole('textbox', { name: 'Your password' }).fill('wrong')
      await page.getByRole('button', { name: 'Send invitation' }).click()
      await page.getByText('The password is wrong').waitFor()
    },
  },
  'invite-by-sso': {
    scenario: 'sso-member',
    path: '/settings/members',
    ready: 'Jonas Weber',
    act: async (page) => {
      await page.getByRole('button', { name: 'Invite' }).click()
      await page.getByText('Only an owner who signed in with a password').waitFor()
      if (await page.getByRole('radio', { name: 'Owner' }).count()) throw new Error('an owner is offered')
    },
  },
  'leave-tenant': {
    scenario: 'viewer',
    path: '/settings/tenant',
    ready: 'Leave Acme Networks',
    act: async (page) => {
      await page.getByRole('button', { name: 'Leave this tenant' }).click()
      const dialog = page.getByRole('dialog', { name: 'Leave Acme Networks?' })
      await dialog.getByText('You stay in Blue Harbour').waitFor()
      await dialog.getByRole('textbox', { name: 'Your password' }).fill('wrong')
      await dialog.getByRole('button', { name: 'Leave Acme Networks' }).click()
      await dialog.getByText('The password is wrong').waitFor()
    },
  },
  'left-tenant': {
    scenario: 'viewer',
    path: '/settings/tenant',
    ready: 'Leave Acme Networks',
    act: async (page) => {
      await page.getByRole('button', { name: 'Leave this tenant' }).click()
      const dialog = page.getByRole('dialog', { name: 'Leave Acme Networks?' })
      await dialog.getByRole('textbox', { name: 'Your password' }).fill('right')
      await dialog.getByRole('button', { name: 'Leave Acme Networks' }).click()
      await page.getByText('You left Acme Networks. You are in Blue Harbour now.').waitFor()
      await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
    },
  },
  'left-only-tenant': {
    scenario: 'sso',
    path: '/settings/tenant',
    ready: 'Leave Acme Networks',
    act: async (page) => {
      await page.getByRole('button', { name: 'Leave this tenant' }).click()
      const dialog = page.getByRole('dialog', { name: 'Leave Acme Networks?' })
      await dialog.getByText('Signing in with single sign-on may bring you back').waitFor()
      await dialog.getByRole('button', { name: 'Leave Acme Networks' }).click()
      await page.getByText('You left Acme Networks, and your account is deleted.').waitFor()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    },
  },
  'only-owner': {
    path: '/settings/tenant',
    ready: 'You are its only owner',
    act: async (page) => {
      if (await page.getByRole('button', { name: 'Leave this tenant' }).count()) throw new Error('the only owner may leave')
    },
  },
  'new-token-made': {
    path: '/settings/tokens/new',
    ready: 'See alerts',
    act: async (page) => {
      await page.getByRole('button', { name: 'Create token' }).click()
      await page.getByText('Choose at least one.').waitFor()
      await page.getByRole('textbox', { name: 'Name' }).fill('Inventory')
      await page.getByRole('checkbox', { name: /See alerts/ }).check()
      await page.getByRole('button', { name: 'Create token' }).click()
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
  'sso-member': { scenario: 'sso-member', path: '/settings/profile', ready: 'You signed in by single sign-on' },
  'sso-member-security': { scenario: 'sso-member', path: '/settings/security', ready: 'Sign in with your password to do this' },
  'sso-member-tenants': {
    scenario: 'sso-member',
    path: '/settings/tenant',
    ready: 'This needs a password',
    act: async (page) => {
      const opener = page.getByRole('button', { name: 'Open navigation' })
      if (await opener.isVisible()) await opener.click()
      await page.getByRole('button', { name: /^Tenant: Acme/ }).click()
      await page.getByText('Single sign-on opens this tenant only').waitFor()
      if (await page.getByRole('menuitemradio', { name: /Blue Harbour/ }).count()) throw new Error('another tenant is offered')
    },
  },
  viewer: { scenario: 'viewer', path: '/settings/members', ready: 'Jonas Weber' },
}

/** Who may not see a page at all is told so before anything is asked. */
const FORBIDDEN: Record<string, string> = { sso: 'sso:write' }

inEachView(() => {
  for (const { name, path, at = path, ready } of SETTINGS) {
    test(`settings: ${name}`, async ({ see }) => {
      await see(`settings-${name}`, { path: at, ready, depth: 'page' })
    })
  }

  for (const [name, page] of Object.entries(FURTHER)) {
    test(`settings: ${name}`, async ({ see }) => {
      await see(`settings-${name}`, page)
    })
  }

  for (const [name, page] of Object.entries(DIALOGS)) {
    test(`dialog: ${name}`, async ({ see }) => {
      await see(`settings-${name}`, page)
    })
  }

  const read = SETTINGS.filter(({ name, empty }) => empty !== undefined || name === 'tenant')
  for (const { name, path: page, at: path = page, empty } of read) {
    test(`empty, loading, failed, not allowed: ${name}`, async ({ see, seeShared }) => {
      if (empty !== undefined) await see(`settings-${name}-empty`, { scenario: 'empty', path, ready: empty })
      await seeShared(`settings-${name}`, path)
      const permission = FORBIDDEN[name]
      if (permission) await see(`settings-${name}-hidden`, { scenario: 'viewer', path, ready: permission })
    })
  }
})
