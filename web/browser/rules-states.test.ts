import type { Page } from '@playwright/test'
import type { RuleTest } from '../src/api/types'
import { expect, inEachView, press, test, type Pages } from './stage'
import { RULES } from '../mock/rule-ids'

const PAGES: Pages = {
  rule: { path: `/rules/${RULES.router}`, ready: 'Call the provider' },
  'rule-unknown-group': { path: `/rules/${RULES.servers}`, ready: 'Unknown group: Field does not have it' },
  'rule-waits': { path: `/rules/${RULES.keys}`, ready: 'Not watched in Field for now, since its server does not give setup keys.' },
  'rule-off': { path: `/rules/${RULES.any}`, ready: 'Tells nobody' },
  'rule-access': { path: `/rules/${RULES.access}`, ready: 'Who reaches what, and why' },
  'rule-access-edit': { path: `/rules/${RULES.access}/edit`, ready: 'When contractors can reach db on TCP 5432', act: (page) => page.getByText('What should be so').scrollIntoViewIfNeeded() },
  'rule-narrowed': { path: `/rules/${RULES.narrowed}`, ready: 'HQ does not have it, so nobody is left out there.' },
  'rule-narrowed-edit': { path: `/rules/${RULES.narrowed}/edit`, ready: 'Save changes', act: (page) => page.getByText('Only these operating systems').scrollIntoViewIfNeeded() },
  'rule-stopped': { path: `/rules/${RULES.narrowed}`, ready: 'Switched off 3 h ago: the receiver answered 410 Gone' },
  'rule-stopped-viewer': { scenario: 'viewer', path: `/rules/${RULES.narrowed}`, ready: 'Switched off 3 h ago: the receiver answered 410 Gone' },
  'rule-gone': { path: '/rules/rule-that-was', ready: 'No such rule' },
  'rule-edit': { path: `/rules/${RULES.router}/edit`, ready: 'Save changes' },
  'rule-copy': { path: `/rules/new?from=${RULES.router}`, ready: 'Create rule' },
  'rule-viewer': { scenario: 'viewer', path: `/rules/${RULES.any}`, ready: 'What it watches' },
  'rule-edit-viewer': { scenario: 'viewer', path: `/rules/${RULES.any}/edit`, ready: 'You do not have access to this' },
  'rule-failed': { scenario: 'failed', path: `/rules/${RULES.any}`, ready: 'Could not load the rule' },
  'rule-forbidden': { scenario: 'forbidden', path: `/rules/${RULES.any}`, ready: 'You do not have access to the rule' },
  'rule-slow': { scenario: 'slow', path: `/rules/${RULES.any}`, ready: 'Loading the rule' },
}

const groups = (page: Page) => page.getByRole('combobox', { name: /^Only peers of these groups/ })

const names = (page: Page) => page.getByRole('combobox', { name: /^Only peers with these names/ })
const users = (page: Page) => page.getByRole('combobox', { name: /^Only peers of these users/ })

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('deleting asks once more, by name', async ({ see }) => {
    await see('rule-delete', {
      path: `/rules/${RULES.router}`,
      ready: 'Call the provider',
      act: async (page) => {
        await press('Delete')(page)
        await page.getByRole('dialog', { name: 'Delete “Routing peer down”?' }).waitFor()
      },
    })
  })

  test('each receiver answers its test', async ({ see }) => {
    await see('rule-tests', {
      path: `/rules/${RULES.router}`,
      ready: 'Call the provider',
      act: async (page) => {
        await press('Send test: Webhook')(page)
        await page.getByText('Not delivered: the receiver answered 404 Not Found').waitFor()
        await page.getByText('It said: {"error":"no_such_hook"}').waitFor()
        await press('Send test: Slack')(page)
        await page.getByText('Delivered: 200 in 180 ms').waitFor()
        await press('Send test: Microsoft Teams')(page)
        await page.getByText('too many tests in a short time. Wait 3 min').waitFor()
      },
    })
  })

  test('every channel has its place in the form', async ({ see }) => {
    await see('rule-channels', {
      path: `/rules/${RULES.router}/edit`,
      ready: 'Save changes',
      act: async (page) => {
        await press('Discord')(page)
        const address = page.getByRole('textbox', { name: 'Address of the Discord webhook' })
        await expect.poll(() => address.evaluate((field) => field === document.activeElement)).toBe(true)
        await address.fill('https://localhost/api/webhooks/1')
        await press('Save changes')(page)
        await page.getByText('Must be an address of the public internet').waitFor()
        await page.getByRole('region', { name: 'Slack' }).scrollIntoViewIfNeeded()
      },
    })
  })

  test('an escalation is written step by step, and says what is missing', async ({ see }) => {
    await see('rule-escalation', {
      path: `/rules/${RULES.servers}/edit`,
      ready: 'Save changes',
      act: async (page) => {
        const steps = page.getByRole('list', { name: 'Steps of the escalation' })
        await press('Add escalation')(page)
        await expect.poll(() => steps.getByRole('textbox').evaluate((field) => field === document.activeElement)).toBe(true)
        await press('Add step')(page)
        await steps.getByRole('group', { name: 'Step 2' }).getByRole('textbox').fill('15')
        await press('Save changes')(page)
        await page.getByText('Must be more than the 15 min of the step before.').waitFor()
        await page.getByText('Choose at least one channel, or remove the step.').first().scrollIntoViewIfNeeded()
      },
    })
  })

  test('groups are found by name, with what is in them', async ({ see }) => {
    await see('rule-groups', {
      path: '/rules/new',
      ready: 'In one sentence',
      act: async (page) => {
        await groups(page).fill('serv')
        await page.getByRole('option', { name: /^servers .*\d+ in HQ/ }).waitFor()
        await groups(page).scrollIntoViewIfNeeded()
      },
    })
  })

  test('peers are found by name, or by a pattern of names', async ({ see }) => {
    await see('rule-names', {
      path: '/rules/new',
      ready: 'In one sentence',
      act: async (page) => {
        await page.getByText('Narrow down by name, system or user').click()
        await names(page).fill('srv-*4')
        await page.getByRole('option', { name: /^srv-\*4 every name that fits/ }).waitFor()
        await page.getByRole('option', { name: /^srv-24/ }).waitFor()
        await expect.poll(() => page.getByRole('listbox', { name: 'Only peers with these names' }).getByRole('option').count()).toBeLessThan(6)
        await names(page).scrollIntoViewIfNeeded()
      },
    })
  })

  test('what the server says of a field stands at the field', async ({ see }) => {
    await see('rule-edit-refused', {
      path: `/rules/${RULES.router}/edit`,
      ready: 'Save changes',
      act: async (page) => {
        await page.getByRole('textbox', { name: 'Webhook address' }).fill('https://elsewhere.example/hook')
        await press('Save changes')(page)
        await page.getByText('Must be entered again: the address is on another host').waitFor()
      },
    })
  })
})

test.describe('a rule', () => {
  test('is switched off and on in the list', async ({ visit }) => {
    const page = await visit('/rules')
    const control = page.getByRole('switch', { name: 'Watch: Routing peer down' })
    await control.click()
    await page.getByText('“Routing peer down” is off. What was open of it is resolved.').waitFor()
  })

  test('is opened from the list, and leads to its alerts', async ({ visit }) => {
    const page = await visit('/rules')
    await page.getByRole('link', { name: 'Routing peer down', exact: true }).click()
    await page.getByRole('list', { name: 'Open alerts' }).getByRole('link', { name: 'router-02 is offline' }).waitFor()
    await page.getByRole('link', { name: 'All of its alerts' }).click()
    await page.getByRole('button', { name: 'Remove filter Rule: Routing peer down' }).waitFor()
  })

  test('is changed, and what is typed is not lost without a question', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.router}/edit`)
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await expect.poll(() => name.inputValue()).toBe('Routing peer down')
    await name.fill('Router lost')
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Stay', exact: true }).click()
    const sent = page.waitForRequest((request) => request.method() === 'PUT')
    await press('Save changes')(page)
    expect((await sent).headers()['if-match']).toBe('"1"')
    await page.getByText('Rule “Router lost” was changed.').waitFor()
  })

  test('tells no more in a chat that is removed or switched off, and says so at once', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.router}/edit`)
    await page.getByText('the webhook at hooks.acme.example, Slack in #network-operations, Duty officers and Network operations.').waitFor()
    await press('Remove Microsoft Teams')(page)
    const add = page.getByRole('group', { name: 'Of this rule alone' }).getByRole('button', { name: 'Microsoft Teams' })
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.getByRole('switch', { name: 'Tell: Slack' }).click()
    await page.getByText('Tell ops@acme.example, the webhook at hooks.acme.example, Duty officers and Network operations.').waitFor()
    await press('Save changes')(page)
    await page.getByText('Rule “Routing peer down” was changed.').waitFor()
  })

  test('watches access, with both sides found by name, and says what is so now', async ({ visit }) => {
    const page = await visit('/rules/new?condition=access')
    const [from, to] = ['From', 'To'].map((name) => page.getByRole('combobox', { name, exact: true }))
    await press('Create rule')(page)
    await page.getByText('Choose who connects.').waitFor()
    await from?.fill('contr')
    await page.getByRole('option', { name: /^contractors/ }).click()
    await to?.fill('db')
    await page.getByRole('option', { name: /^db/ }).first().click()
    await page.getByRole('combobox', { name: 'Protocol' }).selectOption('tcp')
    await page.getByRole('textbox', { name: 'Port (optional)' }).fill('5432')
    await page.getByText('When contractors can reach db on TCP 5432').waitFor()
    await page.getByText('policy “temp” lets them').filter({ visible: true }).waitFor()
    await page.getByRole('combobox', { name: 'What should be so' }).selectOption('allowed')
    await page.getByText('When contractors cannot reach db on TCP 5432').waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Backups')
    await press('Remove Email')(page)
    await press('Create rule')(page)
    await page.getByText('Rule “Backups” is watching.').waitFor()
  })

  test('that watches access leads to the question, and back', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.access}`)
    await page.getByRole('link', { name: 'Who reaches what, and why' }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?of=acc-hq&from=group:group-acc-hq-contractors&to=group:group-acc-hq-db&protocol=tcp&port=5432')
    await page.getByRole('link', { name: 'Watch this' }).click()
    await page.getByText(/^When contractors can(not)? reach db on TCP 5432/).first().waitFor()
    await expect.poll(() => page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toMatch(/^contractors must (not )?reach db on TCP 5432$/)
  })

  test('tells others while nobody acknowledges, and what is wrong with that stands there', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.router}/edit`)
    await page.getByText('If nobody acknowledges it within 5 min, also tell On call; within 1 h, also tell The whole night shift of the two sites and Management.').waitFor()
    const second = page.getByRole('group', { name: 'Step 2' })
    await second.getByRole('textbox').fill('61')
    await press('Save changes')(page)
    await second.getByText('Is no channel of this tenant').waitFor()
    await second.getByRole('checkbox', { name: /^The whole night shift/ }).uncheck()
    await expect.poll(() => second.getByText('Is no channel of this tenant').count()).toBe(0)
    await press('Remove step 1')(page)
    await page.getByText('If nobody acknowledges it within 1 h 1 min, also tell Management.').waitFor()
    await page.getByRole('textbox', { name: 'If nobody acknowledges within' }).fill('60')
    await press('Save changes')(page)
    await page.getByText('Rule “Routing peer down” was changed.').waitFor()
    const steps = page.getByRole('list', { name: 'Escalation' })
    await steps.getByText('within 5 min, also').waitFor()
    await steps.getByRole('link', { name: 'Management' }).click()
    await page.getByText('Where it leads').waitFor()
  })

  test('is copied without what is secret', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.router}`)
    await page.getByRole('link', { name: 'Duplicate' }).click()
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await expect.poll(() => name.inputValue()).toBe('Copy of Routing peer down')
    await press('Create rule')(page)
    await page.getByText('Enter an address that starts with https:// or http://.').first().waitFor()
  })

  test('is deleted', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.any}`)
    await press('Delete')(page)
    await press('Delete “More than 20 peers offline”')(page)
    await page.getByText('Rule “More than 20 peers offline” was deleted.').waitFor()
    await page.getByRole('table', { name: 'Rules' }).waitFor()
  })

  test('names groups by keyboard', async ({ visit }) => {
    const page = await visit('/rules/new')
    await groups(page).fill('ro')
    await page.getByRole('option', { name: /^routers/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Remove routers' }).waitFor()
    await page.getByText('When any peer of routers is offline').waitFor()
    await groups(page).fill('nowhere')
    await page.keyboard.press('Escape')
    await page.getByText('No group is called “nowhere”.').waitFor()
  })

  test('chooses its peers by name, system and user, says so, and keeps it when the condition changes', async ({ visit }) => {
    const page = await visit('/rules/new')
    await page.getByText('Narrow down by name, system or user').click()
    await names(page).fill('db-*')
    await page.keyboard.press('Enter')
    await names(page).fill('web-1, web-2,')
    await page.getByText('When any peer named db-*, web-1 or web-2 is offline').waitFor()
    await page.getByRole('checkbox', { name: 'Linux' }).check()
    await users(page).fill('hopper')
    await page.getByRole('option', { name: /^Grace Hopper grace@acme.example/ }).click()
    await page.getByText('When any peer named db-*, web-1 or web-2, running Linux and registered by grace@acme.example is offline').waitFor()
    await users(page).fill('nobody here')
    await page.keyboard.press('Escape')
    await page.getByText('No user is called “nobody here”.').waitFor()
    await users(page).fill('')
    await page.getByText('New peers', { exact: true }).click()
    await page.getByText('When a new peer named db-*, web-1 or web-2, running Linux and registered by grace@acme.example joins the network').waitFor()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Databases')
    await press('Remove Email')(page)
    await press('Create rule')(page)
    await page.getByText('Rule “Databases” is watching.').waitFor()
  })

  test('is said in the server’s words once its condition is whole, and at how many peers it looks', async ({ visit }) => {
    const page = await visit('/rules/new')
    const tests: unknown[] = []
    await page.route('**/api/alerts/rules/test', async (route) => {
      tests.push(route.request().postDataJSON())
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...((await response.json()) as RuleTest), sentence: 'When the server says so, open an alert.' } })
    })
    const minutes = page.getByRole('textbox', { name: 'Offline for, in minutes' })
    await minutes.fill('')
    await page.getByText('Complete the condition to read here when it opens an alert.').waitFor()
    await minutes.fill('7')
    await page.getByText('When the server says so, open an alert.').waitFor()
    await page.getByText('It looks at 61 peers.').filter({ visible: true }).waitFor()
    // What is no part of the condition is no reason to ask again.
    const asked = tests.length
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Anything')
    await page.getByText('Narrow down by name, system or user').click()
    await names(page).fill('nothing-*')
    await page.keyboard.press('Enter')
    await page.getByText('It looks at no peer').filter({ visible: true }).waitFor()
    expect(tests.slice(asked)).toEqual([expect.objectContaining({ conditionConfig: expect.objectContaining({ names: ['nothing-*'] }) })])
  })

  test('that names a group to look at and to leave out is told so', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.narrowed}/edit`)
    const left = page.getByRole('combobox', { name: /^But not peers of these groups/ })
    await left.fill('servers')
    await page.getByRole('option', { name: /^servers/ }).waitFor()
    await page.keyboard.press('Enter')
    await press('Save changes')(page)
    await page.getByText('“servers” is among the groups that the rule looks at.').waitFor()
  })

  test('has an alert of each group, and says what is so in each now', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.narrowed}/edit`)
    await page.getByText(/are offline for 5 min, group by group, open an alert\. Tell Slack/).waitFor()
    const found = page.getByRole('list', { name: 'Group by group' }).filter({ visible: true })
    await found.getByText('router-02 and srv-03 are offline').waitFor()
    await found.getByText('db and web: nothing').waitFor()
    await press('Remove servers')(page)
    await press(/^Remove db$/)(page)
    await press('Save changes')(page)
    await page.getByText('Name at least one group, or choose another.').waitFor()
    await page.getByRole('combobox', { name: 'Open an alert' }).selectOption('peer')
    await page.getByText(/^When any peer named db-\*/).first().waitFor()
    await page.goto('/alerts/0193b000-0000-7000-8000-000000000003')
    await page.getByRole('link', { name: 'servers', exact: true }).click()
    await page.getByRole('heading', { name: 'servers', exact: true }).first().waitFor()
  })

  test('that was switched off in part says how it is switched on', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.narrowed}`)
    await page.getByText('Nothing has arrived for 2 d: the receiver answered 403 Forbidden. After five days of it Slack is switched off.').waitFor()
    await page.getByRole('link', { name: 'edit the rule' }).click()
    const webhook = page.getByRole('region', { name: 'Webhook' })
    await webhook.getByText('Switched off, since the receiver answered 410 Gone').waitFor()
    await webhook.getByRole('switch', { name: 'Tell: Webhook' }).click()
    await expect.poll(() => webhook.getByText('Switched off, since').count()).toBe(0)
    await page.getByText('Tell the webhook at tickets.acme.example and Slack in #databases').waitFor()
    await press('Save changes')(page)
    await page.getByText('Rule “Database servers offline” was changed.').waitFor()
  })

  test('takes groups as they are typed before any network was read', async ({ mock, open }) => {
    mock.scenario = 'empty'
    const page = await open()
    await page.goto('/rules/new')
    await page.getByPlaceholder('servers, routers').fill('servers,')
    await page.getByRole('button', { name: 'Remove servers' }).waitFor()
  })
})
