import type { Page } from '@playwright/test'
import { expect, inEachView, test } from './stage'
import { RULES } from '../mock/rule-ids'

/** In the form it stands beside the fields, and on a phone among them. */
const show = (page: Page) => page.getByRole('button', { name: 'Show what would have fired' }).filter({ visible: true }).click()
const reads = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).first().waitFor()

inEachView(() => {
  test('what a rule would have told', async ({ see }) => {
    await see('rule-past', {
      path: `/rules/${RULES.router}`,
      ready: 'The last 7 days',
      act: async (page) => {
        await show(page)
        await reads(page, 'It would have fired 4 times, and each of its channels would have been sent 7 messages.')
        await page.getByText('2 times of which nothing is known').click()
        await page.getByText('3 peers that were removed since are left out.').scrollIntoViewIfNeeded()
      },
    })
    await see('rule-past-form', {
      path: `/rules/${RULES.router}/edit`,
      ready: 'Save changes',
      act: async (page) => {
        await show(page)
        await reads(page, 'It would have fired 4 times')
        await page.getByText('It would have fired 4 times').filter({ visible: true }).scrollIntoViewIfNeeded()
      },
    })
  })

  test('nothing, too much, and no answer', async ({ see }) => {
    await see('rule-past-nothing', {
      path: `/rules/${RULES.servers}`,
      ready: 'The last 7 days',
      act: async (page) => {
        await show(page)
        await reads(page, 'It would not have fired.')
      },
    })
    await see('rule-past-failed', {
      path: '/rules/new',
      ready: 'In one sentence',
      act: async (page) => {
        await page.getByRole('combobox', { name: 'Account' }).selectOption({ label: 'Field' })
        await show(page)
        await reads(page, 'The past could not be looked at')
      },
    })
  })
})

test.describe('the past', () => {
  test('is of the rule as it was when it was asked for', async ({ visit }) => {
    const page = await visit(`/rules/${RULES.router}/edit`)
    await show(page)
    await reads(page, 'It would have fired 4 times')
    await page.getByRole('textbox', { name: 'Offline for, in minutes' }).fill('20')
    await reads(page, /^Before the last change: It would have fired 4 times/)
    await show(page)
    await reads(page, /^It would have fired 4 times/)
  })

  test('is not offered where it is not kept', async ({ visit }) => {
    const page = await visit('/rules/new?condition=login_expired')
    await reads(page, 'In one sentence')
    expect(await page.getByText('The last 7 days').count()).toBe(0)
    await page.getByRole('radio', { name: 'Peers go offline' }).check({ force: true })
    await reads(page, 'The last 7 days')
  })

  test('is not asked for by viewers', async ({ mock, open }) => {
    mock.scenario = 'viewer'
    const page = await open()
    await page.goto(`/rules/${RULES.router}`)
    await page.getByText('What it watches').waitFor()
    expect(await page.getByText('The last 7 days').count()).toBe(0)
  })
})
