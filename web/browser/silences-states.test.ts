import { expect, inEachView, press, test, type Pages } from './stage'

const SILENCE = '/silences/0193f000-0000-7000-8000-000000000001'

const PAGES: Pages = {
  silence: { path: SILENCE, ready: 'Next windows' },
  'silence-of-peers': { path: '/silences/0193f000-0000-7000-8000-000000000002', ready: 'gone from the account' },
  'silence-ended': { path: '/silences/0193f000-0000-7000-8000-000000000004', ready: 'It mutes no more' },
  'silence-gone': { path: '/silences/0193f000-0000-7000-8000-0000000000ff', ready: 'No such silence' },
  'silence-edit': { path: `${SILENCE}/edit`, ready: 'On these days' },
  'silence-viewer': { scenario: 'viewer', path: SILENCE, ready: 'Next windows' },
  'silence-edit-viewer': { scenario: 'viewer', path: `${SILENCE}/edit`, ready: 'You do not have access to this' },
  'silence-failed': { scenario: 'failed', path: SILENCE, ready: 'Could not load the silence' },
  'silence-forbidden': { scenario: 'forbidden', path: SILENCE, ready: 'You do not have access to the silence' },
  'silences-calendar': { path: '/silences?view=calendar', ready: '1 silence is switched off and not shown' },
  'silences-calendar-empty': { scenario: 'empty', path: '/silences?view=calendar', ready: 'No silence yet' },
  'silences-calendar-failed': { scenario: 'failed', path: '/silences?view=calendar', ready: 'Could not load the silences' },
  'silences-calendar-forbidden': { scenario: 'forbidden', path: '/silences?view=calendar', ready: 'You do not have access to the silences' },
  'silences-calendar-slow': { scenario: 'slow', path: '/silences?view=calendar', ready: 'Loading the silences' },
  'silence-slow': { scenario: 'slow', path: SILENCE, ready: 'Loading the silence' },
}

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('ending asks once more', async ({ see }) => {
    await see('silence-end', {
      path: SILENCE,
      ready: 'Next windows',
      act: async (page) => {
        await press('End now')(page)
        await page.getByRole('dialog', { name: 'End “Core switches are updated” now?' }).waitFor()
      },
    })
  })

  test('a form without anything chosen says what is missing', async ({ see }) => {
    await see('silence-new-wrong', {
      path: '/silences/new',
      ready: 'Every rule in every account',
      act: async (page) => {
        await press('Create silence')(page)
        await page.getByText('Name the silence.').waitFor()
        await page.getByText('Choose a rule, a severity or an account, or everything.').waitFor()
      },
    })
  })
})

test('an alert leads to a silence of its rule in its account, which says what it would mute', async ({ open }) => {
  const page = await open()
  await page.goto('/alerts/0193b000-0000-7000-8000-000000000004')
  await page.getByRole('link', { name: 'Silence this' }).click()
  await page.getByRole('checkbox', { name: 'Routing peer down' }).waitFor()
  expect(await page.getByRole('checkbox', { name: 'Routing peer down' }).isChecked()).toBe(true)
  await page.getByText('Mon 2026-11-23 13:00 to 15:00 UTC').filter({ visible: true }).waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill('Router is replaced')
  await page.getByRole('button', { name: 'Create silence' }).click()
  await page.getByText('Next windows').waitFor()
})

test('a calendar has each window of the coming weeks, and leads to its silence', async ({ open }) => {
  const page = await open()
  await page.goto('/silences')
  await page.getByRole('link', { name: 'Calendar' }).click()
  await page.waitForURL(/view=calendar/)
  // Twice a week, for four weeks.
  const windows = page.getByRole('listitem').getByRole('link', { name: /^Core switches are updated: (Mon|Fri) .*, 22:00 to (Tue|Sat) .*, 02:00\. Alerts of Routing peer down in HQ/ })
  await expect.poll(() => windows.count()).toBeGreaterThanOrEqual(8)
  expect(await windows.count()).toBeLessThanOrEqual(9)
  await page.getByRole('link', { name: /^The Lyon site moves: .*, now$/ }).first().waitFor()
  await windows.first().click()
  await page.getByText('Next windows').waitFor()
  await page.goBack()
  await windows.first().waitFor()
})
