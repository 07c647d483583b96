import type { Page } from '@playwright/test'
import { expect, test } from './stage'

/** Where a link that was made for the purpose would like the browser to go. */
const AWAY: Record<string, string> = {
  'another site': 'http://evil.example/phish',
  'no scheme': '//evil.example/phish',
  'three slashes': '///evil.example/phish',
  'a backslash': '/\\evil.example/phish',
  'an encoded backslash': '/%5cevil.example/phish',
  'an encoded slash': '/%2fevil.example/phish',
  'a scheme without slashes': 'https:evil.example/phish',
  'a tab between the slashes': '/\t/evil.example/phish',
  'a line break between the slashes': '/\n/evil.example/phish',
  'a space in front': ' //evil.example/phish',
  'dots that leave two slashes': '/.//evil.example/phish',
  'a script': 'javascript:location.replace("http://evil.example/phish")',
  'data': 'data:text/html,<script>location.replace("http://evil.example/phish")</script>',
  'this site as a user of another': `http://localhost@evil.example/phish`,
}

const HOME = '/t/acme-networks-00000000'

let page: Page
let left: string[]

test.beforeEach(async ({ open }) => {
  page = await open()
  left = []
  // Nothing may even be asked of another site.
  await page.context().route(
    ({ hostname }) => hostname !== 'localhost',
    (route) => {
      left.push(route.request().url())
      return route.abort()
    },
  )
})

async function signIn(): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill('nora@acme.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('right')
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const atHome = async () => {
  await page.getByRole('heading', { name: 'Needs attention' }).waitFor()
  await expect.poll(() => new URL(page.url()).pathname).toBe(HOME)
  expect(left).toEqual([])
}

const withNext = (path: string, next: string) => `${path}?next=${encodeURIComponent(next)}`

for (const [name, next] of Object.entries(AWAY)) {
  test.describe(name, () => {
    test('is not followed after signing in', async ({ mock }) => {
      mock.scenario = 'signed-out'
      await page.goto(withNext('/sign-in', next))
      await signIn()
      await atHome()
    })

    test('is not followed by who is signed in already', async () => {
      await page.goto(withNext('/sign-in', next))
      await atHome()
    })
  })
}

test('a page here is gone on to, with its filters', async ({ mock }) => {
  mock.scenario = 'signed-out'
  await page.goto('/peers?status=offline,unconfirmed&search=laptop')
  await signIn()
  await page.getByRole('table', { name: 'Peers' }).waitFor()
  expect(page.url()).toMatch(/\/peers\?status=offline,unconfirmed&search=laptop$/)
  // And again by who is signed in by now.
  mock.scenario = 'full'
  await page.goto(withNext('/sign-in', '/peers?status=offline'))
  await page.getByRole('table', { name: 'Peers' }).waitFor()
  expect(page.url()).toMatch(/\/peers\?status=offline$/)
  expect(left).toEqual([])
})

test('a path that begins with two slashes stays here, signed out and in', async ({ mock }) => {
  mock.scenario = 'signed-out'
  const base = await page.goto('/sign-in').then(() => new URL(page.url()).origin)
  await page.goto(`${base}//evil.example/phish`)
  await signIn()
  await page.getByRole('button', { name: /^Tenant: / }).waitFor()
  expect(new URL(page.url()).origin).toBe(base)
  mock.scenario = 'full'
  await page.goto(`${base}//evil.example/phish`)
  await page.getByRole('button', { name: /^Tenant: / }).waitFor()
  expect(new URL(page.url()).origin).toBe(base)
  expect(left).toEqual([])
})

for (const next of ['http://evil.example/phish', '//evil.example/phish']) {
  test.describe(`the other ways in read no such parameter: ${next}`, () => {
    test('the identity provider’s answer', async ({ mock }) => {
      mock.scenario = 'signed-out'
      await page.goto(`${withNext('/sso/callback/0193', next)}&code=1&state=2`)
      await atHome()
    })

    test('an invitation', async ({ mock }) => {
      mock.scenario = 'signed-out'
      await page.goto(`${withNext('/invitation', next)}#token=existing`)
      await page.getByRole('textbox', { name: 'Password' }).fill('right')
      await page.getByRole('button', { name: 'Join Acme Networks' }).click()
      await atHome()
    })

    test('setting up', async () => {
      await page.goto(withNext('/setup', next))
      await atHome()
    })
  })
}

test('what names spell in a mail is no link', async () => {
  await page.goto('/settings/mail?file=0001.eml')
  const links = page.getByRole('list', { name: 'Links in this mail' })
  await links.getByText('https://evil.example/phish').waitFor()
  const hrefs = await links.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(hrefs).toEqual([`${new URL(page.url()).origin}/t/0193a000-0000-7000-8000-000000000000/alerts/0193b000-0000-7000-8000-000000000004`])
  expect(left).toEqual([])
})

test('the API sends nobody to an address that is not of the web', async ({ mock }) => {
  mock.scenario = 'signed-out'
  await page.goto('/sso/hostile')
  await page.getByText('Could not start signing in').waitFor()
  expect(new URL(page.url()).pathname).toBe('/sso/hostile')
  expect(left).toEqual([])
})
