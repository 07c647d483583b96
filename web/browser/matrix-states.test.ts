import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axeViolations, expect, fits, inEachView, screenshot, test, tick } from './stage'

const MATRIX = '/access/matrix'
const id = (name: string) => `group-acc-hq-${name}`

/** The address's parameters, in any order. */
const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const path = (page: Page) => expect.poll(() => new URL(page.url()).pathname)
const place = (page: Page, name: RegExp) => page.getByRole('grid', { name: 'Who reaches whom' }).getByRole('link', { name })
const hasFocus = (page: Page, name: RegExp) => place(page, name).and(page.locator(':focus')).waitFor()
const card = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true })

inEachView(() => {
  test('many groups, and long names', async ({ see }) => {
    await see('matrix-many', { scenario: 'many', path: MATRIX, ready: '140 others are left out' })
    await see('matrix-long', { scenario: 'long-names', path: MATRIX, ready: 'Allowed for some' })
  })

  test('its own states', async ({ mock, see }) => {
    await see('matrix-unread', { path: `${MATRIX}?account=acc-field`, ready: 'posture checks. What hangs on them is not known.' })
    await see('matrix-chosen', { path: `${MATRIX}?groups=${id('laptops')},${id('servers')}&protocol=tcp&port=443`, ready: 'Groups: laptops or servers' })
    await see('matrix-gone', { path: `${MATRIX}?groups=${id('laptops')},gone`, ready: 'One of these groups is gone' })
    await see('matrix-failed', { scenario: 'failed', path: MATRIX, ready: 'Could not load the access matrix' })
    await see('matrix-forbidden', { scenario: 'forbidden', path: MATRIX, ready: 'You do not have access to the access matrix' })
    mock.matrix = 'cut'
    await see('matrix-cut', { path: MATRIX, ready: 'The answer was too long' })
    mock.matrix = 'nothing'
    await see('matrix-nothing', { path: MATRIX, ready: 'Nothing open' })
    mock.matrix = 'no-groups'
    await see('matrix-no-groups', { path: MATRIX, ready: 'No groups yet' })
    mock.matrix = 'too-large'
    await see('matrix-too-large', { path: MATRIX, ready: 'These groups have too many peers and rules to be judged together.' })
    mock.matrix = 'read-anew'
    await see('matrix-read-anew', { path: MATRIX, ready: 'being read anew' })
  })
})

for (const width of [768, 1024, 1920]) {
  test(`only the matrix scrolls at ${width}`, async ({ mock, visit }) => {
    mock.scenario = 'many'
    const page = await visit(MATRIX)
    await page.setViewportSize({ width, height: 900 })
    await place(page, /^team-00 to team-01/).waitFor()
    await screenshot(page, `matrix-many-${width}`)
    await fits(page, `the matrix at ${width}`)
  })
}

test('places are walked by arrow keys, tell what is so, and ask why', async ({ visit }) => {
  const page = await visit(MATRIX)
  await place(page, /^laptops to servers: Allowed for some/).focus()
  // A focus that a script moves shows no card until a key is pressed.
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowRight')
  await hasFocus(page, /^laptops to servers: Allowed for some, .*; open: TCP 22, 443; may be open: UDP 53; a drop rule takes something away$/)
  const told = card(page, 'laptops to servers')
  await told.getByText('A drop rule takes something away').waitFor()
  await screenshot(page, 'matrix-card')
  expect(await axeViolations(page)).toEqual([])
  // One place alone is in the order of Tab.
  expect(await page.getByRole('grid').locator('a[tabindex="0"]').count()).toBe(1)
  await page.keyboard.press('Escape')
  await told.waitFor({ state: 'detached' })
  await hasFocus(page, /^laptops to servers/)
  await page.keyboard.press('Space')
  await told.getByRole('link', { name: 'laptops', exact: true }).and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Escape')
  await hasFocus(page, /^laptops to servers/)
  await page.keyboard.press('Control+Home')
  await hasFocus(page, /^berlin to berlin/)
  await page.keyboard.press('End')
  await hasFocus(page, /^berlin to db/)
  await page.keyboard.press('Control+End')
  await hasFocus(page, /^db to db/)
  await page.keyboard.press('Enter')
  await path(page).toMatch(/\/access$/)
  await at(page).toEqual({ of: 'acc-hq', from: `group:${id('db')}`, to: `group:${id('db')}` })
  await page.goBack()
  await place(page, /^laptops to servers/).waitFor()
})

test('what is walked to is never below the headings', async ({ mock, visit }) => {
  mock.scenario = 'many'
  const page = await visit(MATRIX)
  await page.setViewportSize({ width: 1024, height: 700 })
  await place(page, /^berlin to berlin/).focus()
  await page.keyboard.press('Control+End')
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowLeft')
  }
  const [cell, corner] = await page.evaluate(() => {
    const box = (element: Element | null) => element?.getBoundingClientRect().toJSON() as DOMRect
    return [box(document.activeElement), box(document.querySelector('[role=grid] [role=columnheader]'))] as const
  })
  expect(cell.top).toBeGreaterThanOrEqual(corner.bottom)
  expect(cell.left).toBeGreaterThanOrEqual(corner.right)
})

test('what is pointed at has a card, which the pointer reaches, with its policies', async ({ visit }) => {
  const page = await visit(MATRIX)
  await place(page, /^servers to db: Allowed, all/).hover()
  const told = card(page, 'servers to db')
  await told.getByText('at most 5 are named').waitFor()
  await told.getByRole('link', { name: 'Laptops to servers' }).hover()
  await told.getByRole('link', { name: 'Laptops to servers' }).click()
  await path(page).toMatch(/\/policies\/laptops$/)
  await at(page).toMatchObject({ of: 'acc-hq' })
  await page.goBack()
  await place(page, /^maintenance to servers: No pair of peers$/).hover()
  await card(page, 'maintenance to servers').getByText('maintenance has no peers.').waitFor()
  await page.mouse.move(700, 5)
  await card(page, 'maintenance to servers').waitFor({ state: 'detached' })
  await place(page, /^laptops to servers/).click()
  await path(page).toMatch(/\/access$/)
  await page.getByText('12 of 40 pairs').first().waitFor()
})

test('groups, protocol and port are chosen in the address, and asked for', async ({ visit }) => {
  const page = await visit(`${MATRIX}?protocol=moon&port=99999&groups=,`)
  await place(page, /^laptops to servers/).waitFor()
  await at(page).toEqual({})
  const pick = async (filter: string) => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: filter }).click()
  }
  await pick('Groups')
  await page.getByRole('searchbox', { name: 'Search groups' }).fill('serv')
  await tick(page.getByRole('checkbox', { name: /^servers/ }))
  await page.getByRole('searchbox', { name: 'Search groups' }).fill('lapt')
  await tick(page.getByRole('checkbox', { name: /^laptops/ }))
  await at(page).toEqual({ groups: `${id('servers')},${id('laptops')}` })
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('rowheader').allInnerTexts()).toEqual(['servers', 'laptops'])
  await pick('Port')
  await page.getByRole('searchbox', { name: 'Search port' }).fill('99999')
  await page.getByText('Type a port, 0 to 65535.').waitFor()
  await page.getByRole('searchbox', { name: 'Search port' }).fill('22')
  await page.keyboard.press('Enter')
  await at(page).toMatchObject({ port: '22' })
  await place(page, /^laptops to servers/).click()
  await at(page).toEqual({ of: 'acc-hq', from: `group:${id('laptops')}`, to: `group:${id('servers')}`, port: '22' })
  await page.goBack()
  await pick('Protocol')
  await page.getByRole('checkbox', { name: 'ICMP' }).click()
  // A ping has no port.
  await at(page).toEqual({ groups: `${id('servers')},${id('laptops')}`, protocol: 'icmp' })
  await page.getByRole('button', { name: 'Remove filter Groups: servers or laptops' }).click()
  await at(page).toEqual({ protocol: 'icmp' })
})

test('a network that is too large is asked for with fewer groups', async ({ mock, visit }) => {
  mock.matrix = 'too-large'
  const page = await visit(MATRIX)
  await page.getByText('too large to be judged').waitFor()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Groups' }).click()
  await tick(page.getByRole('checkbox', { name: /^servers/ }))
  await place(page, /^servers to servers/).waitFor()
})

test('where the answer was cut, nothing after it is told to be closed', async ({ mock, visit }) => {
  mock.matrix = 'cut'
  const page = await visit(MATRIX)
  await place(page, /^db to db: Left out$/).hover()
  await card(page, 'db to db').getByText('it is not known to be closed').waitFor()
})

test('another account has other groups', async ({ visit }) => {
  const page = await visit(`${MATRIX}?groups=${id('laptops')}`)
  await place(page, /^laptops to laptops/).waitFor()
  await page.getByRole('button', { name: 'Account shown: HQ' }).click()
  await page.getByRole('menuitemradio', { name: 'Field' }).click()
  await at(page).toEqual({ account: 'acc-field' })
  await page.getByText('What hangs on them is not known.').waitFor()
})

test('the file is the server’s, whole', async ({ visit }) => {
  const page = await visit(`${MATRIX}?groups=${id('laptops')},${id('servers')}`)
  await place(page, /^laptops to servers/).waitFor()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the matrix as CSV' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/^access-matrix-.*\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  expect(lines[0]).toBe('from,to,verdict,open')
  expect(lines).toContain('laptops,servers,partial,"TCP 22, 443"')
})

test('all groups are shown, of which only those on screen are there, and found by name', async ({ mock, visit }) => {
  mock.scenario = 'many'
  const page = await visit(MATRIX)
  await page.getByRole('button', { name: 'Show all 180 groups' }).click()
  await at(page).toEqual({ all: '1' })
  const grid = page.getByRole('grid', { name: 'Who reaches whom' })
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('181')
  await place(page, /^berlin to berlin/).waitFor()
  expect(await grid.getByRole('gridcell').count()).toBeLessThan(4000)
  await place(page, /^berlin to berlin/).focus()
  await page.keyboard.press('Control+End')
  await hasFocus(page, /^team-172 to team-172/)
  await place(page, /^team-170 to team-171/).waitFor()
  await page.keyboard.press('Control+Home')
  await hasFocus(page, /^berlin to berlin/)
  await screenshot(page, 'matrix-all')
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('searchbox', { name: 'Rows: from groups called' }).fill('LAPT')
  await page.getByRole('searchbox', { name: 'Columns: to groups called' }).fill('team-17')
  await at(page).toEqual({ all: '1', rows: 'LAPT', columns: 'team-17' })
  await expect.poll(() => page.getByRole('rowheader').allInnerTexts()).toEqual(['laptops'])
  await expect.poll(() => page.getByRole('columnheader').count()).toBe(5)
  await page.getByRole('searchbox', { name: 'Rows: from groups called' }).fill('nobody')
  await page.getByRole('heading', { name: 'No group is called that' }).waitFor()
  await page.getByRole('button', { name: 'Show all groups' }).click()
  await at(page).toEqual({ all: '1' })
  await page.getByRole('button', { name: /^Remove filter Groups/ }).click()
  await at(page).toEqual({})
})

test('on a phone the groups that are reached are found by name', async ({ mock, visit }) => {
  mock.scenario = 'many'
  const page = await visit(`${MATRIX}?from=${id('laptops')}`, { phone: true })
  await page.getByRole('searchbox', { name: 'Columns: to groups called' }).fill('serv')
  await at(page).toEqual({ from: id('laptops'), columns: 'serv' })
  const list = page.getByRole('region', { name: 'From laptops' })
  await list.getByRole('link', { name: /^servers/ }).waitFor()
  expect(await list.getByRole('link').count()).toBe(1)
  await page.getByRole('button', { name: 'Clear search' }).tap()
  await list.getByText(/^Nothing is open to \d+ groups$/).tap()
  await screenshot(page, 'matrix-phone-many')
  expect(await axeViolations(page)).toEqual([])
})

test('on a phone one row is shown at a time, by the address', async ({ visit }) => {
  const page = await visit(MATRIX, { phone: true })
  await page.getByRole('combobox', { name: 'From' }).selectOption(id('laptops'))
  await at(page).toEqual({ from: id('laptops') })
  const list = page.getByRole('region', { name: 'From laptops' })
  await list.getByText(/^Nothing is open to /).waitFor()
  await screenshot(page, 'matrix-phone-row')
  await list.getByRole('link', { name: /^servers Allowed for some/ }).click()
  await path(page).toMatch(/\/access$/)
  await at(page).toEqual({ of: 'acc-hq', from: `group:${id('laptops')}`, to: `group:${id('servers')}` })
})

test('without connection what was found stays, and says from when it is', async ({ visit }) => {
  const page = await visit(MATRIX)
  await place(page, /^laptops to servers/).waitFor()
  await page.route('**/api/access/matrix*', (route) => route.abort())
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByText('Not refreshed since').waitFor()
  await place(page, /^laptops to servers/).waitFor()
  await screenshot(page, 'matrix-offline')
})
