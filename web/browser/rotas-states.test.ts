import type { Page } from '@playwright/test'
import type { Rota } from '../src/api/types'
import { expect, inEachView, press, test, type Pages } from './stage'

const at = (number: number) => `/on-call/0193e000-0000-7000-8000-00000000000${number}`

const PAGES: Pages = {
  'rota-days': { path: at(2), ready: 'Every day at 03:00' },
  'rota-nobody': { path: at(3), ready: 'Nobody is on call within the next four weeks' },
  'rota-absent': { path: at(2), ready: 'has left the tenant' },
  'channel-on-call': { path: '/channels/0193d000-0000-7000-8000-000000000000', ready: 'Now Jonas Weber' },
  'rota-gone': { path: at(9), ready: 'No such rota' },
  'rota-viewer': { scenario: 'viewer', path: at(1), ready: 'Next four weeks' },
  'rota-edit-viewer': { scenario: 'viewer', path: `${at(1)}/edit`, ready: 'You do not have access to this' },
  'rota-failed': { scenario: 'failed', path: at(1), ready: 'Could not load the rota' },
  'rota-forbidden': { scenario: 'forbidden', path: at(1), ready: 'You do not have access to the rota' },
  'rota-slow': { scenario: 'slow', path: at(1), ready: 'Loading the rota' },
}

const people = (page: Page) => page.getByRole('group', { name: 'People, in order' })

const order = (page: Page) => people(page).getByRole('listitem').allInnerTexts()

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('a form with nothing in it says what is missing', async ({ see }) => {
    await see('rota-new-wrong', {
      path: '/on-call/new',
      ready: 'Its clocks count',
      act: async (page) => {
        await press('Create rota')(page)
        await page.getByText('Name the rota.').waitFor()
        await page.getByText('Add at least one person.').waitFor()
      },
    })
  })

  test('an override is added in a dialog, by the clocks of the rota', async ({ see }) => {
    await see('rota-override', {
      path: at(1),
      ready: 'Next four weeks',
      act: async (page) => {
        await press('Add override')(page)
        await page.getByText('Times are by the clocks of Europe/Berlin.').waitFor()
      },
    })
  })

  test('one that a channel uses is not deleted, and says which it is', async ({ see }) => {
    await see('rota-delete', {
      path: at(1),
      ready: 'Next four weeks',
      act: async (page) => {
        await press('Delete')(page)
        await press('Delete “Night shift”')(page)
        await page.getByText('of the tenant use it: Whoever is on call').waitFor()
      },
    })
  })
})

test.describe('a channel', () => {
  test('leads to a rota, and says who is on call by it', async ({ open }) => {
    const page = await open()
    await page.goto('/channels')
    await page.getByText('Whoever is on call in Night shift · now Jonas Weber').waitFor()
    await page.goto('/channels/new?kind=on_call')
    await page.getByRole('textbox', { name: 'Name' }).fill('Whoever has the night')
    await press('Create channel')(page)
    await page.getByText('Choose a rota.').waitFor()
    expect(await page.getByRole('link', { name: 'New rota' }).getAttribute('target')).toBe('_blank')
    await page.getByRole('combobox', { name: 'Rota' }).selectOption({ label: 'Management' })
    await page.getByText('Nobody is on call now.').waitFor()
    await page.getByRole('combobox', { name: 'Rota' }).selectOption({ label: 'Night shift' })
    await page.getByText('Jonas Weber is on call now.').waitFor()
    await page.getByRole('combobox', { name: 'Rota' }).selectOption({ label: 'Second line of the two sites, weekends too' })
    const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/channels'))
    await press('Create channel')(page)
    expect(await (await answered).json()).toMatchObject({ config: { type: 'on_call', rotaId: '0193e000-0000-7000-8000-000000000002' } })
  })
})

test.describe('a rota', () => {
  test('is made of people, who are put in order by keys', async ({ visit }) => {
    const page = await visit('/on-call')
    await page.getByRole('link', { name: 'New rota' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Weekends')
    const add = async (name: string) => {
      await people(page).getByRole('combobox').selectOption({ label: name })
      await people(page).getByRole('button', { name: 'Add' }).click()
    }
    await add('Jonas Weber')
    await add('Amélie Dubois')
    await add('Samir Haddad')
    const up = page.getByRole('button', { name: 'Move Samir Haddad up' })
    await up.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => order(page)).toEqual(['1\nJonas Weber', '2\nSamir Haddad', '3\nAmélie Dubois'])
    await expect.poll(() => up.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => order(page)).toEqual(['1\nSamir Haddad', '2\nJonas Weber', '3\nAmélie Dubois'])
    await press('Remove Jonas Weber')(page)
    await expect.poll(() => page.getByRole('button', { name: 'Remove Amélie Dubois' }).evaluate((button) => button === document.activeElement)).toBe(true)
    await page.getByRole('combobox', { name: 'Each person’s turn lasts' }).selectOption('day')
    const answered = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/rotas'))
    await press('Create rota')(page)
    expect(await (await answered).json()).toMatchObject({ people: [{ name: 'Samir Haddad' }, { name: 'Amélie Dubois' }], every: 'day', handover: { time: '09:00' } })
    await page.getByText('Rota “Weekends” was created.').waitFor()
  })

  test('whose name is taken says so at the field', async ({ visit }) => {
    const page = await visit('/on-call/new')
    await page.getByRole('textbox', { name: 'Name' }).fill('Night shift')
    await people(page).getByRole('combobox').selectOption({ label: 'Jonas Weber' })
    await people(page).getByRole('button', { name: 'Add' }).click()
    await press('Create rota')(page)
    await page.getByText('Is the name of another rota').waitFor()
  })

  test('takes an override, and lets go of it', async ({ visit }) => {
    const page = await visit(at(1))
    await press('Add override')(page)
    const dialog = page.getByRole('dialog', { name: 'Add override' })
    await dialog.getByRole('button', { name: 'Add override' }).click()
    await dialog.getByText('Choose who stands in.').waitFor()
    await dialog.getByRole('combobox', { name: 'Who stands in' }).selectOption({ label: 'Priya Raman' })
    await dialog.getByLabel('From').fill('2031-03-01T09:00')
    await dialog.getByLabel('To').fill('2031-12-24T09:00')
    await dialog.getByRole('button', { name: 'Add override' }).click()
    await dialog.getByText('Must be at most 90 days after the start').waitFor()
    await dialog.getByLabel('To').fill('2031-03-02T09:00')
    const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
    await dialog.getByRole('button', { name: 'Add override' }).click()
    const answer = await answered
    expect(answer.request().headers()['if-match']).toBe('"1"')
    const { overrides } = (await answer.json()) as Rota
    expect(overrides.at(-1)).toMatchObject({ user: { name: 'Priya Raman' }, from: '2031-03-01T08:00:00.000Z', to: '2031-03-02T08:00:00.000Z' })
    await page.getByText('The override was added.').waitFor()
    await page.getByRole('list', { name: 'Overrides' }).getByRole('button', { name: /^Remove the override of Priya Raman/ }).first().click()
    await page.getByText('The override of Priya Raman was removed.').waitFor()
  })

  test('tells each week of its calendar to those who do not see it', async ({ visit }) => {
    const page = await visit(at(1))
    // In which week that is depends on the day on which this runs.
    const weeks = page.getByRole('list', { name: /^Week from/ })
    await weeks.getByText(/^Priya Raman, .* stands in$/).first().waitFor()
  })
})
