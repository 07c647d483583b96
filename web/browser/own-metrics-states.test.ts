import { expect, inEachView, press, test, type Pages } from './stage'

const DB1 = '0193e000-0000-7000-8000-000000000001'

const PAGES: Pages = {
  'own-metrics-viewer': { scenario: 'viewer', path: '/metrics/own', ready: 'backup.age' },
  'own-metrics-none': { path: '/metrics/own?search=nothing', ready: 'No metric matches' },
  'metrics-own': { path: `/metrics?series=peers_online&own=${DB1}`, ready: 'backup.age (host=db1, job=nightly)' },
}

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('one that a rule watches stays, in words', async ({ see }) => {
    await see('own-metrics-remove', {
      path: '/metrics/own',
      ready: 'backup.age',
      act: async (page) => {
        await press(/^Remove ?: backup\.age \(host=db1/)(page)
        await press('Remove it')(page)
        await page.getByText('is watched by Old backups').waitFor()
      },
    })
  })

  test('a rule compares one', async ({ see }) => {
    await see('rule-metric', {
      path: '/rules/new',
      ready: 'In one sentence',
      act: async (page) => {
        await page.getByText('A metric', { exact: true }).click()
        await page.getByRole('combobox', { name: 'Metric' }).selectOption('backup.age')
        await page.getByText('Now backup.age (host=db1, job=nightly) is 26.5 h').waitFor()
        await page.getByRole('textbox', { name: 'Threshold' }).fill('24,5')
        await page.getByText('When backup.age is above 24.5').waitFor()
        await page.getByText('backup.age (host=db1) is 26.5 h.').filter({ visible: true }).first().waitFor()
        await page.getByRole('textbox', { name: 'Threshold' }).scrollIntoViewIfNeeded()
      },
    })
  })
})

test.describe('own metrics', () => {
  test('are chosen beside the platform’s, in the address', async ({ open }) => {
    const page = await open()
    await page.goto('/metrics?series=peers_online&own=made-up')
    await page.getByRole('combobox', { name: 'Show an own metric' }).selectOption({ index: 1 })
    await page.getByRole('figure', { name: 'backup.age (host=db1, job=nightly)' }).waitFor()
    expect(new URL(page.url()).search).toBe(`?series=peers_online&own=${DB1}`)
    await page.getByRole('columnheader', { name: 'backup.age (host=db1, job=nightly)' }).waitFor()
    await page.getByRole('link', { name: /^backup\.age .*remove$/ }).click()
    await expect.poll(() => new URL(page.url()).search).toBe('?series=peers_online')
    await page.getByRole('link', { name: 'All of them' }).click()
    await page.getByText('Push a value').waitFor()
  })
})
