import type { Page } from '@playwright/test'
import { test } from './stage'

const PEERS = 25_000
const FRAMES = 300
/** Longer than a refresh takes to come round. */
const REFRESH_MS = 32_000

function tell(what: string, measured: string, budget: string): void {
  console.log(`${what.padEnd(58)} ${measured.padStart(28)}   budget ${budget}`)
}

/** Counts the requests for peers, and how many were under way at once. */
function watch(page: Page) {
  const seen = { asked: 0, underWay: 0, most: 0 }
  const isPeers = (url: string) => new URL(url).pathname === '/api/netbird/peers'
  page.on('request', (request) => {
    if (!isPeers(request.url())) return
    seen.asked += 1
    seen.underWay += 1
    seen.most = Math.max(seen.most, seen.underWay)
  })
  const end = (url: string) => {
    if (isPeers(url)) seen.underWay -= 1
  }
  page.on('requestfinished', (request) => end(request.url()))
  page.on('requestfailed', (request) => end(request.url()))
  return seen
}

/** What the page's own thread has worked so far, in milliseconds; other work of the machine does not count. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const debug = await page.context().newCDPSession(page)
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await debug.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
}

const rowCount = (page: Page) => page.getByRole('table', { name: 'Peers' }).getAttribute('aria-rowcount')

/** Scrolls to the end, as often as it moves away. */
async function loadAll(page: Page): Promise<void> {
  while (Number(await rowCount(page)) <= PEERS) {
    const before = await rowCount(page)
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
    await page.waitForFunction((count) => document.querySelector('table[aria-label="Peers"]')?.getAttribute('aria-rowcount') !== count, before)
  }
}

/** How long each frame took while the list was scrolled by its own height in every one, in milliseconds. */
const scrollFrames = (page: Page) =>
  page.evaluate<number[]>(`new Promise((resolve) => {
    const frames = []
    let last
    window.scrollTo(0, 0)
    const step = (now) => {
      if (last !== undefined) frames.push(now - last)
      last = now
      if (frames.length === ${FRAMES}) return resolve(frames)
      window.scrollBy(0, 240)
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })`)

/** From a press until the list shows what it asked for, in milliseconds. */
const untilShown = (page: Page, press: string, shown: string) =>
  page.evaluate<number>(`new Promise((resolve) => {
    const start = performance.now()
    const look = () => (${shown} ? resolve(performance.now() - start) : requestAnimationFrame(look))
    ${press}
    look()
  })`)

test('a list of 25,000 peers', async ({ mock, open }) => {
  mock.scenario = 'many'
  const page = await open()
  const seen = watch(page)
  await page.goto('/peers')
  await page.getByRole('table', { name: 'Peers' }).waitFor()
  await loadAll(page)
  tell('requests at once, while it was scrolled to its end', String(seen.most), '2')

  const work = await workOf(page)
  const before = await work()
  const frames = (await scrollFrames(page)).sort((one, other) => one - other)
  const at = (share: number) => `${(frames[Math.floor(share * (frames.length - 1))] ?? 0).toFixed(1)} ms`
  tell(`time of a frame: half of ${FRAMES}, 95 of 100, the longest`, `${at(0.5)}, ${at(0.95)}, ${at(1)}`, '16.7 ms')

  tell('work for a frame', `${(((await work()) - before) / FRAMES).toFixed(1)} ms`, '16.7 ms')

  seen.asked = 0
  await page.waitForTimeout(REFRESH_MS)
  tell('requests of a refresh, with all of it loaded', String(seen.asked), '3')

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Status' }).click()
  await page.getByRole('checkbox', { name: /^Offline/ }).waitFor()
  const isNarrowed = `Number(document.querySelector('table[aria-label="Peers"]')?.getAttribute('aria-rowcount')) < ${PEERS}`
  const worked = await work()
  const took = await untilShown(page, `document.querySelector('input[name=status][value=offline]').click()`, isNarrowed)
  tell('a filter, from the press to its rows', `${took.toFixed(0)} ms`, '150 ms')
  tell('work of the page for it', `${((await work()) - worked).toFixed(0)} ms`, '150 ms')
})

test('a full overview, on a processor four times slower', async ({ open }) => {
  const page = await open()
  const debug = await page.context().newCDPSession(page)
  await debug.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto('/')
  // Looked for a few times a second: Playwright's own waiting works in every frame, which is no work of the page.
  await page.waitForFunction(() => [...document.querySelectorAll('h2')].some(({ textContent }) => textContent === 'Latest events'), undefined, { polling: 250 })
  const paint = await page.evaluate<number>(`new Promise((resolve) =>
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`)
  tell('largest contentful paint, on a processor four times slower', `${Math.round(paint)} ms`, '1500 ms')
})

const PAN_FRAMES = 200

/** How many frames came in a second, and how long the longest took, while the drawing was dragged a little further in each. */
async function panDrawing(page: Page): Promise<{ perSecond: number; longest: number }> {
  // By the page itself: moves that come from outside are fewer than frames, and what is not moved is not drawn.
  const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
    const drawing = document.querySelector('[role=application]')
    const box = drawing.getBoundingClientRect()
    const tell = (target, type, turn) =>
      target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, buttons: 1, clientX: box.x + box.width / 2 + 160 * Math.cos(turn), clientY: box.y + box.height - 60 + 40 * Math.sin(turn) }))
    const canvas = drawing.querySelector('canvas.sigma-mouse')
    tell(canvas, 'mousedown', 0)
    const frames = []
    let last
    const step = (now) => {
      if (last !== undefined) frames.push(now - last)
      last = now
      if (frames.length === ${PAN_FRAMES}) {
        tell(document, 'mouseup', frames.length / 20)
        return resolve(frames)
      }
      tell(canvas, 'mousemove', frames.length / 20)
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })`)
  return { perSecond: (1000 * frames.length) / frames.reduce((sum, one) => sum + one, 0), longest: Math.max(...frames) }
}

test('the topology of 5,000 peers', async ({ mock, open }) => {
  mock.scenario = 'many'
  const page = await open()
  for (const [what, way, path] of [
    ['as the API gives it', 'usual', '/topology'],
    ['with the 500 peers of a group that it gives', 'usual', '/topology?group=group-All'],
    ['all 5,000 peers drawn', 'uncut', '/topology?group=group-All'],
  ] as const) {
    mock.topology = way
    const start = Date.now()
    await page.goto(path)
    await page.getByRole('application').waitFor()
    const ready = Date.now() - start
    const { perSecond, longest } = await panDrawing(page)
    const label = (await page.getByRole('application').getAttribute('aria-label')) ?? ''
    tell(`topology, ${what}: until drawn`, `${ready} ms`, '—')
    tell(`  panned for ${PAN_FRAMES} frames (${label.replace(/^.*: /, '')}, lines hidden meanwhile)`, `${perSecond.toFixed(0)} frames/s, longest ${longest.toFixed(0)} ms`, '30 frames/s')
  }
})
