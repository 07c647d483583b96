import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { tellIfFailed } from './chromium'
import { isTelling, stage, VIEWS } from './visit'

const { mock, open, visitor } = stage()

beforeEach(() => {
  mock.scenario = 'full'
  mock.matrix = 'usual'
})

async function visit(path: string) {
  const tab = await open()
  tellIfFailed([tab])
  await tab.page.goto(path)
  return tab
}

const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const cell = (page: Page, name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name}:`) })

describe.each(VIEWS)('$name', (view) => {
  const see = visitor(view)

  test('large, and with a list that was not read', async () => {
    await see('matrix-many', { scenario: 'many', path: '/matrix', ready: '160 more are not' })
    await see('matrix-unread', { path: '/matrix?account=acc-field', ready: 'Could not be read: posture checks' })
  })

  test.runIf(isTelling(view))('its own states', async () => {
    mock.matrix = 'nothing'
    await see('matrix-nothing', { path: '/matrix', ready: 'No rule names a group' })
    mock.matrix = 'too-large'
    await see('matrix-too-large', { path: '/matrix', ready: 'too large to be judged' })
    mock.matrix = 'read-anew'
    await see('matrix-read-anew', { path: '/matrix', ready: 'being read anew' })
    mock.matrix = 'usual'
    await see('matrix-gone', { path: '/matrix?groups=group-acc-hq-servers,gone', ready: 'not there any more' })
  })
})

test('the cells are walked by keys, say what they mean, and ask why', async () => {
  const { page, errors, close } = await visit('/matrix?protocol=moon&port=99999')
  await cell(page, 'All to All').waitFor()
  await at(page).toEqual({})
  await cell(page, 'All to All').focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'End']) await page.keyboard.press(key)
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('laptops to servers: Allowed on TCP 22, TCP 443: 288 of 288 pairs')
  await page.getByRole('link', { name: 'Laptops to servers' }).waitFor()
  await page.keyboard.press('Enter')
  await at(page).toEqual({ of: 'acc-hq', from: 'group:group-acc-hq-laptops', to: 'group:group-acc-hq-servers' })
  await page.goBack()
  await cell(page, 'contractors to servers').waitFor()
  expect(errors).toEqual([])
  await close()
})

test('groups and a service are chosen in the address', async () => {
  const { page, errors, close } = await visit('/matrix')
  await cell(page, 'laptops to servers').waitFor()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Groups' }).click()
  await page.getByRole('checkbox', { name: 'laptops', exact: true }).check()
  await page.getByRole('checkbox', { name: 'servers', exact: true }).check()
  await at(page).toEqual({ groups: 'group-acc-hq-laptops,group-acc-hq-servers' })
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('gridcell').count()).toBe(4)
  await page.goto('/matrix?protocol=tcp&port=22&groups=group-acc-hq-laptops,group-acc-hq-servers')
  await cell(page, 'laptops to servers').click()
  await at(page).toEqual({ of: 'acc-hq', from: 'group:group-acc-hq-laptops', to: 'group:group-acc-hq-servers', protocol: 'tcp', port: '22' })
  expect(errors).toEqual([])
  await close()
})
