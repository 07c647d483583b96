import { expect, inEachView, press, test, type Pages } from './stage'
import { RULES } from '../mock/rule-ids'

const FAILED = 'Send again : Fired: 7 peers of servers are online, fewer than 8'

const PAGES: Pages = {
  'deliveries-failed-ones': { path: '/deliveries?status=failed', ready: 'The receiver answered 410 Gone' },
  'deliveries-escalated': { path: '/deliveries?event=escalated,repeated', ready: 'Still open: 7 peers of servers' },
  'deliveries-quiet': { path: '/deliveries?status=pending', ready: 'by quiet hours of Network operations' },
  'deliveries-none': { path: '/deliveries?channel=slack&status=failed', ready: 'No delivery matches' },
  'deliveries-viewer': { scenario: 'viewer', path: '/deliveries', ready: 'Given up after 8 attempts' },
}

const ROUTER = '/deliveries?delivery=0193b000-0000-7000-8000-000000000004'
const SERVERS = '/deliveries?delivery=0193b000-0000-7000-8000-000000000003'

/** One message, beside the list. */
const SHEETS: Pages = {
  'delivery-refused': { path: `${SERVERS}_6_email`, ready: 'Mailbox unavailable (550), after 169 ms' },
  'delivery-waiting': { path: `${ROUTER}_1_webhook`, ready: 'No answer within 15 s' },
  'delivery-delivered': { path: `${ROUTER}_4_email`, ready: 'Taken in 230 ms' },
  'delivery-held': { path: `${SERVERS}_5_webhook`, ready: 'It was not tried.' },
  'delivery-of-long-ago': { path: '/deliveries?status=delivered&delivery=0193b000-0000-7000-8000-0000000000f1_9_teams', ready: '12 earlier attempts, of which nothing is kept' },
  'delivery-viewer': { scenario: 'viewer', path: `${SERVERS}_6_email`, ready: 'Mailbox unavailable (550), after 169 ms' },
}

inEachView(() => {
  for (const [name, page] of Object.entries(PAGES)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  for (const [name, page] of Object.entries(SHEETS)) {
    test(name, async ({ see }) => {
      await see(name, page)
    })
  }

  test('what was given up is sent again, or refused in words', async ({ see }) => {
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

test.describe('the log', () => {
  test('is narrowed to what messages tell of', async ({ open }) => {
    const page = await open()
    await page.goto('/deliveries?event=escalated')
    await page.getByRole('button', { name: 'Remove filter Event: Escalated' }).waitFor()
    await expect.poll(() => page.getByRole('table', { name: 'Deliveries' }).getByRole('row').count()).toBe(2)
  })

  test('tells of each attempt beside it, and is there again when that is closed', async ({ open }) => {
    const page = await open()
    await page.goto('/deliveries?status=pending')
    await page.getByRole('link', { name: 'Fired: router-02 is offline' }).click()
    const sheet = page.getByRole('dialog', { name: 'Fired: router-02 is offline' })
    const attempts = sheet.getByRole('list', { name: 'Attempts, newest first' }).getByRole('listitem')
    await attempts.first().getByText('The receiver answered 503 Service Unavailable, after 412 ms').waitFor()
    await attempts.first().getByText('It said: {"error":"overloaded"').waitFor()
    await attempts.last().getByText('No answer within 15 s, after 15 s').waitFor()
    await sheet.getByText(/^Next attempt in \d/).waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await expect.poll(() => new URL(page.url()).search).toBe('?status=pending')
    await page.goBack()
    await sheet.waitFor()
  })

  test('forgets an address that leads to no message', async ({ open }) => {
    const page = await open()
    await page.goto('/deliveries?delivery=nonsense')
    await page.getByText('Given up after 8 attempts').first().waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('is narrowed to an alert from its page', async ({ open }) => {
    const page = await open()
    await page.goto('/alerts/0193b000-0000-7000-8000-000000000004')
    await page.getByRole('link', { name: 'Its deliveries' }).click()
    await page.getByRole('button', { name: 'Remove filter Alert: router-02 is offline' }).waitFor()
    expect(await page.getByRole('table', { name: 'Deliveries' }).getByRole('row').count()).toBe(6)
  })

  test('is narrowed to a rule from its page, and leads to alerts', async ({ open }) => {
    const page = await open()
    await page.goto(`/rules/${RULES.servers}`)
    await page.getByRole('link', { name: 'Its deliveries' }).click()
    await page.getByRole('button', { name: 'Remove filter Rule: Servers below 8' }).waitFor()
    await page.getByRole('link', { name: 'Still open: 7 peers of servers are online, fewer than 8' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'The alert' }).click()
    await page.getByRole('heading', { name: '7 peers of servers are online, fewer than 8' }).waitFor()
  })
})
