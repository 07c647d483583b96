import { expect, inEachView, press, test, type Pages } from './stage'
import { RULES } from '../mock/rule-ids'

const at = (number: number) => `/routing/0193e500-0000-7000-8000-00000000000${number}`

const PAGES: Pages = {
  'route-groups': { path: at(2), ready: 'if they are about the group servers' },
  'route-off': { path: at(3), ready: 'Alerts in Field also tell Ticket system' },
  'route-gone': { path: at(9), ready: 'No such route' },
  'route-edit-groups': { path: `${at(2)}/edit`, ready: 'Alerts of rules that watch one of these groups' },
  'route-viewer': { scenario: 'viewer', path: at(1), ready: 'What it does' },
  'route-edit-viewer': { scenario: 'viewer', path: `${at(1)}/edit`, ready: 'You do not have access to this' },
  'route-failed': { scenario: 'failed', path: at(1), ready: 'Could not load the route' },
  'route-forbidden': { scenario: 'forbidden', path: at(1), ready: 'You do not have access to the route' },
  'route-slow': { scenario: 'slow', path: at(1), ready: 'Loading the route' },
}

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('a form with nothing in it says what is missing', async ({ see }) => {
    await see('route-new-wrong', {
      path: '/routing/new',
      ready: 'All alerts also tell',
      act: async (page) => {
        await press('Create route')(page)
        await page.getByText('Name the route.').waitFor()
        await page.getByText('Choose at least one channel.').waitFor()
      },
    })
  })
})

test.describe('a route', () => {
  test('is made by choosing, and says what it does meanwhile', async ({ visit }) => {
    const page = await visit('/routing')
    await page.getByRole('link', { name: 'New route' }).click()
    await page.getByRole('checkbox', { name: 'Critical' }).check()
    await page.getByRole('group', { name: 'Rules' }).getByRole('checkbox', { name: 'Routing peer down' }).check()
    await page.getByRole('group', { name: 'Accounts' }).getByRole('checkbox', { name: 'HQ' }).check()
    const groups = page.getByRole('combobox', { name: 'Groups' })
    await groups.fill('serv')
    await page.getByRole('option', { name: /servers/ }).first().click()
    await page.getByRole('checkbox', { name: /Phones/ }).check()
    await page.getByText('Critical alerts of Routing peer down in HQ, if they are about the group servers, also tell Phones.').waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('Critical alerts to everybody')
    await press('Create route')(page)
    await page.getByText('Is the name of another route').waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('Night')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/alerts/routes'))
    await press('Create route')(page)
    expect(await (await answered).json()).toMatchObject({ name: 'Night', enabled: true, matchers: { ruleIds: [RULES.router], severities: ['critical'], accountIds: ['acc-hq'], groupIds: [expect.stringContaining('servers')] } })
    await page.getByText('Route “Night” was created.').waitFor()
  })

  test('is switched off in the list, as it was seen', async ({ visit }) => {
    const page = await visit('/routing')
    const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
    await page.getByRole('switch', { name: 'Use: Critical alerts to everybody' }).click()
    const answer = await answered
    expect(answer.request().headers()['if-match']).toBe('"1"')
    expect(await answer.json()).toMatchObject({ enabled: false, matchers: { severities: ['critical', 'high'] } })
    await page.getByText('“Critical alerts to everybody” is off: it tells nobody.').waitFor()
  })

  test('is told of by a rule whose alerts it matches', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.router}`)
    const routes = page.getByRole('list', { name: 'Routes' })
    await routes.getByText('Critical alerts to everybody: Whoever is on call, Phones and Management').waitFor()
    await routes.getByText(/^The database team: .+, for some of its alerts$/).waitFor()
  })
})
