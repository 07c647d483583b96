import { describe, expect, test } from 'vitest'
import { axeViolations, screenshot, tellIfFailed } from './chromium'
import { stage, VIEWS } from './visit'

const { mock, open, visitor } = stage()

describe.each(VIEWS)('$name', (view) => {
  const see = visitor(view)

  test('peers told apart, and what happened by the hour', async () => {
    await see('metrics-by-version', { path: '/metrics?by=version&range=7d', ready: 'all others together are “Other”' })
    await see('metrics-by-country', { path: '/metrics?by=country&look=lines', ready: 'Germany' })
    await see('metrics-by-group', { path: '/metrics?by=group&of=online&range=30d', ready: 'Who is in several groups' })
    await see('metrics-by-hour', { path: '/metrics?by=hour', ready: 'Alerts triggered' })
    await see('metrics-by-nothing', { scenario: 'empty', path: '/metrics?by=os', ready: 'No numbers yet' })
  })
})

async function visit(path: string) {
  mock.scenario = 'full'
  const tab = await open()
  tellIfFailed([tab])
  await tab.page.goto(path)
  return tab
}

test('a chart is read out under the pointer and by keys, and says where nothing is known', async () => {
  const { page, errors, close } = await visit('/metrics?range=7d&series=peers_online,peers_offline')
  const chart = page.getByRole('figure', { name: 'Peers' })
  await chart.getByText('nothing known').waitFor()
  const box = await chart.locator('svg').last().boundingBox()
  if (!box) throw new Error('no chart')
  const read = () => chart.locator('figcaption').innerText()
  const newest = await read()
  await page.mouse.move(box.x + box.width * 0.6, box.y + 80)
  await expect.poll(read).toMatch(/Online\s*—\s*Offline\s*—/)
  await screenshot(page, 'metrics-gap')
  await page.mouse.move(box.x + box.width * 0.83, box.y + 80)
  await expect.poll(read).toMatch(/Online\s*\d+\s*Offline\s*1\d/)
  await page.mouse.move(0, 0)
  await expect.poll(read).toBe(newest)

  const slider = chart.getByRole('slider')
  await slider.focus()
  const said = await slider.getAttribute('aria-valuetext')
  expect(said).toMatch(/: Online \d+, Offline \d+$/)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toBe(said)
  // The first tenth is from before one of the accounts was there.
  await page.keyboard.press('Home')
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain('(1 of 2 accounts): Online')
  await screenshot(page, 'metrics-keys')
  expect(await axeViolations(page)).toEqual([])
  expect(errors).toEqual([])
  await close()
})

test('series, time and resolution are in the address, and the table and its file have the same', async () => {
  const { page, errors, close } = await visit('/metrics?resolution=1d')
  // There are no days in 24 hours: as if nothing had been asked for.
  await page.getByRole('link', { name: 'Auto' }).and(page.locator('[aria-current=page]')).waitFor()
  await page.getByRole('link', { name: '7 d' }).click()
  await page.getByRole('link', { name: 'Days' }).click()
  await page.getByRole('link', { name: /^Sync duration/ }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('?range=7d&resolution=1d&series=peers_total,peers_online,peers_offline,peers_unconfirmed,uptime,sync_failures')
  const table = page.getByRole('table', { name: 'Metrics' })
  await expect.poll(() => table.locator('tr[data-row]').count()).toBe(8)
  await expect.poll(() => table.getByRole('columnheader').allTextContents()).not.toContain('Sync duration')
  await page.getByRole('button', { name: 'Columns and export' }).click()
  const file = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save 8 loaded rows as CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/^metrics-.*\.csv$/)
  await page.goBack()
  await page.getByRole('figure', { name: 'Sync duration' }).waitFor()
  expect(errors).toEqual([])
  await close()
})

test('the overview shows more of the past on demand, beside how it is now', async () => {
  const { page, errors, close } = await visit('/')
  await page.getByRole('figure', { name: 'Peers online and offline' }).waitFor()
  await page.getByRole('row', { name: /^Online 56 57.4 −1.4 \(−2.4 %\)/ }).waitFor()
  await page.getByRole('link', { name: '30 d' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('?range=30d')
  // Trends go as far back as the chart; of how many accounts that tells is said once.
  await page.getByRole('columnheader', { name: '30 days ago 1 of 2 accounts' }).waitFor()
  await page.getByRole('row', { name: /^Online 56 47.8 \+8.2 \(\+17.2 %\)/ }).waitFor()
  await page.getByRole('row', { name: /^Alerts fired, 24 h 7 4 \+3 \(\+75 %\)/ }).waitFor()
  await page.getByRole('link', { name: 'All series, finer and as a table' }).click()
  await page.getByRole('link', { name: '30 d' }).and(page.locator('[aria-current=page]')).waitFor()
  expect(errors).toEqual([])
  await close()
})

test('peers are told apart, stacked or as lines, all or those online, by the hour at the finest', async () => {
  const { page, errors, close } = await visit('/metrics?by=os&resolution=1m&look=pie&of=offline')
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/dashboard/metrics' && new URL(request.url()).searchParams.get('by') === 'version')
  await page.getByRole('figure', { name: 'Peers by system' }).waitFor()
  // There are no minutes of it: as if nothing had been asked for.
  await page.getByRole('link', { name: 'Auto' }).and(page.locator('[aria-current=page]')).waitFor()
  await expect.poll(() => page.getByRole('link', { name: 'Minutes' }).count()).toBe(0)
  await page.getByRole('link', { name: 'By version' }).click()
  await asked
  const chart = page.getByRole('figure', { name: 'Peers by version' })
  await chart.getByText('nothing known').waitFor()
  await page.getByRole('link', { name: 'Online', exact: true }).click()
  await page.getByRole('figure', { name: 'Peers online by version' }).waitFor()
  await page.getByRole('link', { name: 'Lines', exact: true }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('?by=version&of=online&look=lines')
  await page.getByRole('row', { name: '0.60.2 17 17 unchanged' }).waitFor()
  const slider = page.getByRole('slider')
  await slider.focus()
  // The last one is everything that has no name of its own.
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/: 0\.60\.2 \d+, .*development \d+, Other \d+$/)
  const table = page.getByRole('table', { name: 'Metrics' })
  await expect.poll(() => table.getByRole('columnheader').allTextContents()).toContain('0.60.2')
  await page.getByRole('link', { name: 'By group' }).click()
  await expect.poll(() => page.getByRole('link', { name: 'Stacked' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Numbers' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('')
  expect(errors).toEqual([])
  await close()
})
