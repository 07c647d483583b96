import type { Page } from '@playwright/test'
import { test } from './stage'

/** What a state is held to, each with a page that does not keep it: the stage that finds nothing wrong with these would find nothing anywhere. */
const FAULTS: Record<string, (page: Page) => Promise<void>> = {
  'a picture that nobody can hear of': (page) => page.evaluate(() => document.querySelector('main')?.append(document.createElement('img'))),
  'a text that only the dark makes illegible': (page) =>
    page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('[data-theme=dark] #dim { color: #333; background: #222 } [data-theme=light] #dim { color: #000; background: #fff }')
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
      const text = document.createElement('p')
      text.id = 'dim'
      text.textContent = 'Hardly there'
      document.querySelector('main')?.prepend(text)
    }),
  'something wider than the window': (page) =>
    page.evaluate(() => {
      const wide = document.createElement('div')
      wide.style.cssText = 'position: absolute; width: 5000px; height: 1px'
      document.body.append(wide)
    }),
  'an error in the console': (page) => page.evaluate(() => console.error('Something is wrong.')),
  'a link’s token in the address': (page) => page.evaluate(() => history.replaceState(history.state, '', '?token=secret')),
}

for (const [fault, bring] of Object.entries(FAULTS)) {
  test.fail(`finds ${fault}`, async ({ see }) => {
    await see('stage-fault', { path: '/settings/tokens/new', ready: 'See alerts', act: bring, depth: 'page' })
  })
}

test('finds nothing wrong with the same page as it is', async ({ see }) => {
  await see('stage-fault', { path: '/settings/tokens/new', ready: 'See alerts', depth: 'page' })
})

test.fail('finds an error that a page throws after all else', async ({ visit }) => {
  const page = await visit('/settings/tokens/new', { ready: 'See alerts' })
  const thrown = page.waitForEvent('pageerror')
  await page.evaluate(() => setTimeout(() => { throw new Error('Too late.') }))
  await thrown
})
