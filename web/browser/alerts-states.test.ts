import type { Page } from '@playwright/test'
import { expect, inEachView, press, test } from './stage'

const SERVERS = '/alerts/0193b000-0000-7000-8000-000000000003'

const choose = async (page: Page, ...titles: RegExp[]) => {
  for (const title of titles) await page.getByRole('checkbox', { name: title }).check()
}

inEachView(() => {
  test('several alerts are selected', async ({ see }) => {
    await see('alerts-selected', { path: '/alerts', ready: 'router-02 is offline', act: (page) => choose(page, /router-02/, /7 peers/) })
  })

  test('an alert about one peer shows what that did around the moment', async ({ see }) => {
    await see('alert-around-open', {
      path: '/alerts/0193b000-0000-7000-8000-000000000004',
      ready: 'Around that moment',
      act: (page) => page.getByRole('img', { name: /^1 outage, .+; unknown for .+, in 1 h/ }).waitFor(),
    })
    await see('alert-around-over', {
      path: '/alerts/0193b000-0000-7000-8000-000000000002',
      ready: 'Around that moment',
      act: (page) => page.getByRole('img', { name: /^1 outage, .+ in 6 h\.$/ }).waitFor(),
    })
  })

  test('what stayed as it was keeps its reason', async ({ see }) => {
    const tried = async (page: Page) => {
      await choose(page, /router-02/, /7 peers/)
      await press('Resolve 2 alerts')(page)
      await page.getByRole('dialog').getByRole('button', { name: 'Resolve 2 alerts' }).click()
      await page.getByRole('dialog').getByText('Could not resolve 1 of 2 alerts').waitFor()
    }
    await see('alerts-some-left', { path: '/alerts', ready: 'router-02 is offline', act: tried })
    await see('alerts-some-left-list', {
      path: '/alerts',
      ready: 'router-02 is offline',
      act: async (page) => {
        await tried(page)
        await press('Leave it')(page)
        await page.getByText('Resolved 1 of 2 alerts.').waitFor()
        await page.getByRole('list', { name: 'Why they stayed as they were' }).getByText('Somebody else changed it').waitFor()
        await page.getByText('1 alert selected').waitFor()
      },
    })
  })

  test('a comment that is not taken stays where it was typed', async ({ see }) => {
    await see('alert-comment-refused', {
      path: SERVERS,
      ready: 'Timeline',
      act: async (page) => {
        await page.getByRole('textbox', { name: 'Comment' }).fill('full')
        await press('Add comment')(page)
        await page.getByText('the alert has 100 comments').waitFor()
        await page.getByText('The comment was not saved').scrollIntoViewIfNeeded()
      },
    })
  })

  test('each attempt to tell somebody is in the timeline', async ({ see }) => {
    await see('alert-attempts', {
      path: '/alerts/0193b000-0000-7000-8000-000000000004',
      ready: 'Timeline',
      act: async (page) => {
        await page.getByText('Each attempt').first().click()
        await page.getByText('The receiver answered 503 Service Unavailable, after 412 ms').waitFor()
        await page.getByText(/^Next attempt in \d/).waitFor()
      },
    })
  })

  test('whoever may not act comments on nothing', async ({ see }) => {
    await see('alert-viewer', {
      scenario: 'viewer',
      path: SERVERS,
      ready: 'its disk is full',
      act: async (page) => {
        if (await page.getByRole('textbox', { name: 'Comment' }).count()) throw new Error('a viewer comments on nothing')
      },
    })
  })
})

test.describe('alerts', () => {
  test('are acknowledged, resolved and suppressed by one request', async ({ visit }) => {
    const page = await visit('/alerts')
    const sent: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/api/alerts/')) sent.push(new URL(request.url()).pathname)
    })
    await choose(page, /router-02/, /7 peers/)
    await press('Suppress 2 alerts')(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Suppress 2 alerts' }).click()
    await page.getByText('Suppressed 2 alerts.').waitFor()
    // One of them was somebody's already, which reopening would lose.
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expect(sent).toEqual(['/api/alerts/suppress'])
  })

  test('are suppressed, and reopened at once', async ({ visit }) => {
    const page = await visit('/alerts')
    await choose(page, /router-02/)
    await press('Suppress 1 alert')(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Suppress' }).click()
    await page.getByText('Suppressed “router-02 is offline”.').waitFor()
    await press('Undo')(page)
    await page.getByText('Reopened “router-02 is offline”.').waitFor()
  })

  test('are reopened where they are suppressed', async ({ visit }) => {
    const page = await visit('/alerts?status=suppressed')
    await choose(page, /setup keys/)
    await press('Reopen 1 alert')(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Reopen' }).click()
    await page.getByText('Reopened “2 setup keys are about to expire or used up”.').waitFor()
  })

  test('are commented on by keyboard, and the comment is there', async ({ visit }) => {
    const page = await visit(SERVERS)
    const box = page.getByRole('textbox', { name: 'Comment' })
    await box.fill('The electrician is here.')
    const sent = page.waitForRequest((request) => request.url().endsWith('/comments'))
    await page.keyboard.press('Control+Enter')
    expect((await sent).headers()['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    await page.getByText('Your comment is in the timeline.').waitFor()
    await expect.poll(() => box.inputValue()).toBe('')
  })
})
