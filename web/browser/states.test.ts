import { SEEN } from './pages'
import { inEachView, test } from './stage'

/** The other settings have tests of their own. */
const PAGES = SEEN.filter(({ name, path }) => !path.startsWith('/settings') || ['accounts', 'connect', 'mail'].includes(name))

const FURTHER: Record<string, { path: string; ready: string }> = {
  'peers-filtered': { path: '/peers?status=offline,unconfirmed&group=servers', ready: 'router-02' },
  'peer-sheet': { path: '/peers?peer=peer-0', ready: 'Connects from' },
  'network-settings-not-offered': { path: '/settings/accounts/acc-field/network', ready: 'NetBird does not offer the settings' },
  'network-settings-unknown': { path: '/settings/accounts/acc-gone/network', ready: 'No such account' },
  'metrics-week': { path: '/metrics?range=7d&series=peers_online,peers_offline', ready: 'As a table' },
  'overview-month': { path: '/?range=30d', ready: 'All series, finer and as a table' },
  'events-by': { path: '/events?by=user-admin', ready: 'Who: admin' },
  lost: { path: '/nowhere', ready: 'No such page' },
}

inEachView(() => {
  for (const { name, path, at = path, ready } of PAGES) {
    test(name, async ({ see }) => {
      await see(name, { path: at, ready, depth: 'page' })
    })
  }

  for (const [name, page] of Object.entries(FURTHER)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('signing in and setting up', async ({ see }) => {
    await see('sign-in', { scenario: 'signed-out', path: '/peers?status=offline', ready: 'Remember me' })
    await see('setup', { scenario: 'setup', path: '/', ready: 'Set up this installation' })
  })

  test('accounts that cannot be read', async ({ see }) => {
    await see('overview-unreachable', { scenario: 'unreachable', path: '/', ready: 'No answer in time' })
    await see('accounts-unreachable', { scenario: 'unreachable', path: '/settings/accounts', ready: 'Token deleted' })
    await see('overview-late', { scenario: 'late', path: '/', ready: 'Not synced in time' })
    // A reason that only a newer API knows is told in its words.
    await see('accounts-late', { scenario: 'late', path: '/settings/accounts', ready: 'only a newer page can explain' })
    await see('accounts-first-sync', { scenario: 'first-sync', path: '/settings/accounts', ready: 'First sync: 2 of 6' })
  })

  test('a sync that was a moment ago', async ({ see }) => {
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

  test('pausing an account asks once more', async ({ see }) => {
    await see('accounts-pause', {
      path: '/settings/accounts',
      ready: 'acme.example',
      act: async (page) => {
        await page.getByRole('button', { name: 'Pause HQ' }).click()
        await page.getByRole('dialog', { name: 'Pause HQ?' }).waitFor()
      },
    })
    await see('accounts-paused', {
      path: '/settings/accounts',
      ready: 'acme.example',
      act: async (page) => {
        await page.getByRole('button', { name: 'Pause HQ' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Pause HQ' }).click()
        await page.getByText('Paused HQ.').waitFor()
      },
    })
  })

  test('recipients who are not members', async ({ see }) => {
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

  test('audit trail, narrowed and opened', async ({ see }) => {
    await see('audit-filtered', {
      path: '/audit?action=rule&time=7d',
      ready: 'Changed a rule',
      act: async (page) => {
        await page.getByRole('button', { name: 'Remove filter Action: Anything about rules' }).waitFor()
        await page.getByRole('link', { name: 'Signed in' }).waitFor({ state: 'detached' })
      },
    })
    await see('audit-days', {
      path: '/audit',
      ready: 'Acknowledged an alert',
      act: async (page) => {
        await page.getByRole('button', { name: 'Filter', exact: true }).click()
        await page.getByRole('button', { name: 'Time' }).click()
        await page.getByLabel('To', { exact: true }).fill('2020-01-01')
        await page.getByRole('button', { name: 'Show these days' }).click()
        await page.getByText('No entry matches').waitFor()
      },
    })
    await see('audit-entry', {
      path: '/audit?user=0193a000-0000-7000-8000-000000000101',
      ready: 'Invited a member',
      act: async (page) => {
        await page.getByRole('button', { name: 'Remove filter Who: Jonas Weber' }).waitFor()
        await page.getByRole('link', { name: 'Changed a NetBird account' }).click()
        await page.getByRole('dialog').getByText('renewed').waitFor()
        // What is opened is in the address, and comes back with it, on whatever page of the list it is.
        const { searchParams } = new URL(page.url())
        await page.goto(`/audit?action=session&entry=${searchParams.get('entry') ?? ''}`)
        await page.getByRole('dialog', { name: 'Changed a NetBird account' }).getByText('renewed').waitFor()
      },
    })
    await see('audit-no-entry', {
      path: '/audit?entry=0193a000-0000-7000-8000-00000000dead',
      ready: 'There is no such entry',
    })
    await see('audit-changes', {
      path: '/audit',
      ready: 'Acknowledged an alert',
      act: async (page) => {
        await page.getByRole('link', { name: 'Changed a rule' }).click()
        await page.getByRole('dialog').getByText('Changed', { exact: true }).first().waitFor()
      },
    })
  })

  test('one account chosen', async ({ see }) => {
    await see('overview-account', { path: '/?account=acc-field', ready: 'in 1 account' })
  })

  test('dialogs', async ({ see }) => {
    await see('dialog-acknowledge', {
      path: '/alerts',
      ready: 'router-02 is offline',
      act: async (page) => {
        await page.getByRole('checkbox', { name: /router-02/ }).check()
        await page.getByRole('button', { name: 'Acknowledge 1 alert' }).click()
        await page.getByRole('dialog').waitFor()
      },
    })
    await see('new-rule-finds', {
      path: '/rules/new',
      ready: 'In one sentence',
      act: (page) => page.getByText('router-02 and srv-03 are offline').filter({ visible: true }).waitFor(),
    })
    await see('dialog-suppress', {
      path: '/alerts/0193b000-0000-7000-8000-000000000003',
      ready: 'Timeline',
      act: async (page) => {
        await page.getByRole('button', { name: 'All peers of this alert' }).click()
        await page.getByRole('list', { name: 'Peers of this alert' }).getByText(', over').waitFor()
        await page.getByRole('button', { name: 'Suppress' }).click()
        await page.getByRole('dialog', { name: 'Suppress alert' }).getByLabel('For').selectOption('until')
        await page.getByLabel('Until').waitFor()
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
        await page.getByRole('option', { name: /^Routing peer down/ }).waitFor()
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

  test('loading, failed, not allowed: network settings', async ({ seeShared }) => {
    await seeShared('network-settings', '/settings/accounts/acc-hq/network')
  })

  for (const { name, path, empty = '' } of PAGES.filter(({ empty }) => empty !== undefined)) {
    test(`empty, loading, failed, not allowed: ${name}`, async ({ see, seeShared }) => {
      await see(`${name}-empty`, { scenario: 'empty', path, ready: empty })
      if (name !== 'mail') await seeShared(name, path)
    })
  }
})
