import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { press, stage, VIEWS, type Pages } from './visit'

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

const { mock, open, visitor } = stage()

describe.each(VIEWS)('$name', (view) => {
  const see = visitor(view)

  test.each(Object.entries(PAGES))('%s', async (name, page) => {
    await see(name, page)
  })

  test('a form with nothing in it says what is missing', async () => {
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

describe('a route', () => {
  const visit = async (path: string, act: (page: Page) => Promise<void>) => {
    mock.scenario = 'full'
    const { page, errors, close } = await open()
    await page.goto(path)
    await act(page)
    expect(errors).toEqual([])
    await close()
  }

  test('is made by choosing, and says what it does meanwhile', async () => {
    await visit('/routing', async (page) => {
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
      expect(await (await answered).json()).toMatchObject({ name: 'Night', enabled: true, matchers: { ruleIds: ['rule-router'], severities: ['critical'], accountIds: ['acc-hq'], groupIds: [expect.stringContaining('servers')] } })
      await page.getByText('Route “Night” was created.').waitFor()
    })
  })

  test('is switched off in the list, as it was seen', async () => {
    await visit('/routing', async (page) => {
      const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
      await page.getByRole('switch', { name: 'Use: Critical alerts to everybody' }).click()
      const answer = await answered
      expect(answer.request().headers()['if-match']).toBe('"1"')
      expect(await answer.json()).toMatchObject({ enabled: false, matchers: { severities: ['critical', 'high'] } })
      await page.getByText('“Critical alerts to everybody” is off: it tells nobody.').waitFor()
    })
  })

  test('is told of by a rule whose alerts it matches', async () => {
    await visit('/rules/rule-router', async (page) => {
      const routes = page.getByRole('list', { name: 'Routes' })
      await routes.getByText('Critical alerts to everybody: Whoever is on call, Phones and Management').waitFor()
      await routes.getByText(/^The database team: .+, for some of its alerts$/).waitFor()
    })
  })
})
