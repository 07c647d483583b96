import { describe, expect, test } from 'vitest'
import { press, stage, VIEWS, type Pages } from './visit'

const FAILED = 'Send again : Fired: 7 peers of servers are online, fewer than 8'

const PAGES: Pages = {
  'deliveries-failed-ones': { path: '/deliveries?status=failed', ready: 'The receiver answered 410 Gone' },
  'deliveries-escalated': { path: '/deliveries?event=escalated,repeated', ready: 'Still open: 7 peers of servers' },
  'deliveries-none': { path: '/deliveries?channel=slack&status=failed', ready: 'No delivery matches' },
  'deliveries-viewer': { scenario: 'viewer', path: '/deliveries', ready: 'Given up after 8 attempts' },
}

const { mock, open, visitor } = stage()

describe.each(VIEWS)('$name', (view) => {
  const see = visitor(view)

  test.each(Object.entries(PAGES))('%s', async (name, page) => {
    await see(name, page)
  })

  test('what was given up is sent again, or refused in words', async () => {
    await see('deliveries-again', {
      path: '/deliveries?status=failed',
      ready: 'The receiver answered 410 Gone',
      act: async (page) => {
        await press(FAILED)(page)
        await page.getByText('On its way again: Fired: 7 peers of servers are online, fewer than 8').waitFor()
        await press('Send again : Fired: an alert that is gone')(page)
        await page.getByText('the alert that it tells of is not kept any more').waitFor()
      },
    })
  })
})

describe('the log', () => {
  test('is narrowed to what messages tell of', async () => {
    mock.scenario = 'full'
    const { page, errors, close } = await open()
    await page.goto('/deliveries?event=escalated')
    await page.getByRole('button', { name: 'Remove filter Event: Escalated' }).waitFor()
    await expect.poll(() => page.getByRole('table', { name: 'Deliveries' }).getByRole('row').count()).toBe(2)
    expect(errors).toEqual([])
    await close()
  })

  test('is narrowed to an alert from its page', async () => {
    mock.scenario = 'full'
    const { page, errors, close } = await open()
    await page.goto('/alerts/0193b000-0000-7000-8000-000000000004')
    await page.getByRole('link', { name: 'Its deliveries' }).click()
    await page.getByRole('button', { name: 'Remove filter Alert: router-02 is offline' }).waitFor()
    expect(await page.getByRole('table', { name: 'Deliveries' }).getByRole('row').count()).toBe(6)
    expect(errors).toEqual([])
    await close()
  })

  test('is narrowed to a rule from its page, and leads to alerts', async () => {
    mock.scenario = 'full'
    const { page, errors, close } = await open()
    await page.goto('/rules/rule-servers')
    await page.getByRole('link', { name: 'Its deliveries' }).click()
    await page.getByRole('button', { name: 'Remove filter Rule: Servers below 8' }).waitFor()
    await page.getByRole('link', { name: 'Still open: 7 peers of servers are online, fewer than 8' }).click()
    await page.getByRole('heading', { name: '7 peers of servers are online, fewer than 8' }).waitFor()
    expect(errors).toEqual([])
    await close()
  })
})
