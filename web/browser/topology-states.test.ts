import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { axeViolations, expect, inEachView, screenshot, test } from './stage'

const PANEL = 344

const drawing = (page: Page) => page.getByRole('application', { name: /^Drawing of / })
/** The address's parameters, in any order. */
const at = (page: Page) => expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams))
const panel = (page: Page, name: string) => page.getByRole('complementary', { name: `About ${name}` })

async function find(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Find in the drawing' }).fill(name)
  await page.keyboard.press('Enter')
}

/** The kept place of a node, which is where it stands. */
const placeOf = (page: Page, id: string) =>
  page.evaluate<[number, number] | undefined>(`Object.values(JSON.parse(localStorage.getItem('topology-places') ?? '{}'))[0]?.[${JSON.stringify(id)}]`)

inEachView(() => {
  test('drawn, opened and chosen', async ({ see }) => {
    await see('topology-drawing', { path: '/topology?view=drawing', ready: 'Legend', act: (page) => drawing(page).waitFor() })
    await see('topology-legend', {
      path: '/topology?view=drawing&layout=kinds',
      ready: 'Legend',
      act: async (page) => {
        await drawing(page).waitFor()
        await page.getByText('Legend').click()
        await page.getByText('Unconfirmed').filter({ visible: true }).waitFor()
      },
    })
    await see('topology-node', { path: '/topology?view=drawing&node=group:group-servers', ready: 'Show its 17 peers', act: (page) => drawing(page).waitFor() })
    await see('topology-link', { path: '/topology?view=drawing&link=group:group-laptops~group:group-servers', ready: 'laptops may reach servers on TCP 22, 443', act: (page) => drawing(page).waitFor() })
    await see('topology-opened', { path: '/topology?view=drawing&group=group-laptops', ready: 'Opened group: laptops', act: (page) => drawing(page).waitFor() })
    await see('topology-long', { scenario: 'long-names', path: '/topology?view=drawing&node=group:group-contractors', ready: 'contractors-of-the-warehouse', act: (page) => drawing(page).waitFor() })
  })

  test('its own states', async ({ mock, see }) => {
    mock.topology = 'too-large'
    await see('topology-too-large', { path: '/topology', ready: 'too large to be judged' })
    mock.topology = 'read-anew'
    await see('topology-read-anew', { path: '/topology', ready: 'being read anew' })
    mock.topology = 'nothing'
    await see('topology-nothing', { path: '/topology', ready: 'Nothing to draw yet' })
    mock.topology = 'usual'
    await see('topology-unread', { path: '/topology?view=drawing&account=acc-field', ready: 'posture checks and setup keys' })
    await see('topology-group-gone', { path: '/topology?group=none', ready: 'That group is gone' })
    await see('topology-left-out', { scenario: 'many', path: '/topology?view=drawing', ready: 'Left out: 400 connections', act: (page) => drawing(page).waitFor() })
  })
})

test('only what is about one service is shown, and the address says which', async ({ visit }) => {
  const page = await visit('/topology?view=table')
  const rows = page.getByRole('main').getByRole('table').getByText('phones')
  await rows.first().waitFor()
  await page.getByLabel('Protocol').selectOption('tcp')
  await page.getByLabel('port', { exact: true }).fill('631')
  await at(page).toMatchObject({ protocol: 'tcp', port: '631' })
  await expect(page.getByRole('main').getByRole('table').getByText('Names', { exact: true })).toHaveCount(0)
  await page.getByRole('main').getByRole('table').getByText('Printing').first().waitFor()
  await page.reload()
  await page.getByRole('main').getByRole('table').getByText('Printing').first().waitFor()
  await expect(page.getByLabel('port', { exact: true })).toHaveValue('631')
  await page.getByLabel('Protocol').selectOption('icmp')
  await expect(page.getByLabel('port', { exact: true })).toBeDisabled()
  await at(page).toEqual({ view: 'table', protocol: 'icmp' })
})

test('a node is found, read in words, and led on from, all by keys', async ({ visit }) => {
  const page = await visit('/topology')
  await drawing(page).waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('lapto')
  await page.getByRole('option', { name: 'laptops Group' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await find(page, 'laptops')
  await at(page).toEqual({ node: 'group:group-laptops' })
  const about = panel(page, 'laptops')
  await about.getByText('laptops may reach servers on TCP 22, 443 if min-version holds').waitFor()
  await about.getByRole('button', { name: 'Go to servers' }).click()
  await at(page).toEqual({ node: 'group:group-servers' })
  await panel(page, 'servers').getByText('Peers of servers may reach each other').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => drawing(page).evaluate((element) => element === document.activeElement)).toBe(true)
  await find(page, 'servers')
  await panel(page, 'servers').getByRole('button', { name: 'Show its 17 peers' }).click()
  await at(page).toEqual({ node: 'group:group-servers', group: 'group-servers' })
  await page.getByRole('application', { name: /3\d nodes/ }).waitFor()
  await find(page, 'srv-12')
  await panel(page, 'srv-12').getByText('100.101.').waitFor()
  await panel(page, 'srv-12').getByRole('link', { name: 'Peer’s page' }).click()
  await page.getByRole('heading', { name: 'srv-12' }).or(page.getByText('srv-12').first()).first().waitFor()
})

test('filters are in the address, for drawing and table alike', async ({ visit }) => {
  const page = await visit('/topology?kind=group,nonsense&state=maybe')
  await drawing(page).waitFor()
  await page.getByRole('button', { name: 'Remove filter Kind: Groups' }).click()
  await at(page).toEqual({})
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Service' }).click()
  await page.getByRole('checkbox', { name: /^TCP 443/ }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('application', { name: /, 1 line$/ }).waitFor()
  await page.getByRole('button', { name: 'Hide offline' }).click()
  await at(page).toEqual({ service: 'TCP 443', offline: 'hidden' })
  await page.getByRole('link', { name: 'Table' }).click()
  await expect.poll(() => page.getByRole('table', { name: 'Topology' }).locator('tr[data-row]').count()).toBe(1)
  await page.getByRole('button', { name: 'Columns and export' }).click()
  const file = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /^Save 1 loaded row/ }).click()
  expect((await file).suggestedFilename()).toMatch(/^topology-.*\.csv$/)
})

test('what was dragged stays there, after a visit elsewhere too, until it is laid out anew', async ({ visit }) => {
  const page = await visit('/topology?node=group:group-maintenance')
  await drawing(page).waitFor()
  await expect.poll(() => placeOf(page, 'group:group-maintenance')).toBeDefined()
  const first = await placeOf(page, 'group:group-maintenance')
  const others = await placeOf(page, 'group:group-servers')
  // The chosen node stands in the middle of what the panel leaves free.
  const box = await drawing(page).boundingBox()
  if (!box) throw new Error('no drawing')
  const [x, y] = [box.x + (box.width - PANEL) / 2, box.y + box.height / 2]
  await expect
    .poll(async () => {
      await page.mouse.move(x + 30, y + 30)
      await page.mouse.move(x, y)
      return drawing(page).evaluate((element) => element.style.cursor)
    })
    .toBe('pointer')
  await page.mouse.down()
  await page.mouse.move(x - 40, y - 30, { steps: 4 })
  await page.mouse.move(x - 120, y - 90, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => placeOf(page, 'group:group-maintenance')).not.toEqual(first)
  const moved = await placeOf(page, 'group:group-maintenance')
  expect(await placeOf(page, 'group:group-servers')).toEqual(others)
  await page.goto('/groups')
  await page.getByText('maintenance').first().waitFor()
  await page.goto('/topology')
  await drawing(page).waitFor()
  expect(await placeOf(page, 'group:group-maintenance')).toEqual(moved)
  await page.getByRole('button', { name: 'Layout and export' }).click()
  await page.getByRole('menuitem', { name: 'Lay out anew' }).click()
  await expect.poll(() => placeOf(page, 'group:group-maintenance')).toEqual(first)
})

test('it is zoomed and moved by buttons and keys, and saved as a picture', async ({ visit }) => {
  const page = await visit('/topology')
  await drawing(page).waitFor()
  const picture = async () => (await drawing(page).screenshot()).toString('base64')
  await drawing(page).focus()
  for (const act of [
    () => page.getByRole('button', { name: 'Zoom in' }).click(),
    () => page.keyboard.press('+'),
    () => page.keyboard.press('-'),
    () => page.keyboard.press('ArrowLeft'),
    () => page.keyboard.press('0'),
  ]) {
    const before = await picture()
    await drawing(page).focus()
    await act()
    await expect.poll(picture).not.toBe(before)
  }
  await page.getByRole('button', { name: 'Layout and export' }).click()
  const file = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save as PNG' }).click()
  expect((await file).suggestedFilename()).toMatch(/^topology-.*\.png$/)
  await (await file).saveAs('browser/screenshots/topology-saved.png')
  await page.getByRole('button', { name: 'Layout and export' }).click()
  const shapes = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save as SVG' }).click()
  expect((await shapes).suggestedFilename()).toMatch(/^topology-.*\.svg$/)
  const drawn = await readFile(await (await shapes).path(), 'utf8')
  expect(drawn).toContain('<title>Drawing of HQ: ')
  expect(drawn).toContain('<title>contractors</title>')
})

test('without WebGL there is the table, and a word why', async ({ open }) => {
  const page = await open()
  await page.addInitScript(`HTMLCanvasElement.prototype.getContext = () => null`)
  await page.goto('/topology')
  await page.getByText('does not draw with WebGL').waitFor()
  await page.getByRole('table', { name: 'Topology' }).waitFor()
  await screenshot(page, 'topology-no-webgl')
  expect(await axeViolations(page)).toEqual([])
})

test('a phone begins with the table, and draws by touch', async ({ visit }) => {
  const page = await visit('/topology', { phone: true })
  await page.getByRole('list', { name: 'Topology' }).waitFor()
  await page.getByRole('link', { name: 'Drawing' }).click()
  await at(page).toEqual({ view: 'drawing' })
  await drawing(page).waitFor()
  await find(page, 'servers')
  const about = panel(page, 'servers')
  await about.waitFor()
  await about.getByRole('button', { name: 'Close' }).click()
  await at(page).toEqual({ view: 'drawing' })
  await about.waitFor({ state: 'detached' })
  // It has the room of the panel again, and is drawn in it.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const box = await drawing(page).boundingBox()
  if (!box) throw new Error('no drawing')
  // It was brought to the middle.
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
  await at(page).toEqual({ view: 'drawing', node: 'group:group-servers' })
})

test('each account has a drawing of its own', async ({ visit }) => {
  const page = await visit('/topology')
  await page.getByRole('application', { name: /^Drawing of HQ/ }).waitFor()
  await page.getByRole('button', { name: 'Account shown: HQ' }).click()
  await page.getByRole('menuitemradio', { name: 'Field' }).click()
  await at(page).toEqual({ account: 'acc-field' })
  await page.getByRole('application', { name: /^Drawing of Field/ }).waitFor()
})
