import { fileURLToPath } from 'node:url'
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { changedPeers, raised } from '../mock/happened'
import { createMockApi, serveBuilt, type Scenario } from '../mock/server'
import { atEveryWidth, axeViolations, COLOURS, openContext, openTab, onPhone, PICTURES, screenshot, tabIn, tell, tick, turnDark, type AxeOptions, type Tab, type TabOptions } from './chromium'

export { atEveryWidth, axeViolations, expect, screenshot, tick }

const DIST = fileURLToPath(new URL('../dist', import.meta.url))

/** What a page is looked at with. It is loaded in the light, and turns dark before one's eyes. */
export interface View {
  name: 'desktop' | 'phone'
  phone: boolean
}

const DESKTOP_VIEW: View = { name: 'desktop', phone: false }
const PHONE_VIEW: View = { name: 'phone', phone: true }

/**
 * Pictures of a phone are of a page that was loaded on one. Tests look at the desktop's page in the light, and turn it into a phone's
 * before their eyes, a page as it usually is in the dark: at half the time of each view and theme by itself.
 */
const VIEWS = PICTURES ? [DESKTOP_VIEW, PHONE_VIEW] : [DESKTOP_VIEW]

/**
 * How closely a state is looked at. `page`: as a whole, with the frame around it, on the desktop in the light and on the phone in the
 * dark. `state`, which is usual: without the frame, on the desktop. `alike`: what every page has from one component, which is looked at
 * closely elsewhere; here it is there. Whatever the depth, nobody scrolls sideways, on the phone neither. `make screenshots` looks at
 * all of it as at a page.
 */
type Depth = 'page' | 'state' | 'alike'

export interface Look {
  scenario?: Scenario
  /** Where the page is loaded, or what brings the one before into the state. */
  path: string | ((page: Page) => Promise<void> | void)
  /** Words that the page shows once it is in the state. */
  ready: string
  act?: (page: Page) => Promise<void>
  depth?: Depth
}

export type Pages = Record<string, Look>

export const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).click()

/** Stops the page's clock, which goes on when a test has it go on. Tried again where the machine took longer than the second until then. */
export const stop = (page: Page) => expect(async () => page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000))).toPass()

/** The clock is moved as soon as the page has done with its step before. */
const STEP_MS = 250
const AT_ONCE = { intervals: [20] }

/** What does not hold is told, and the rest is looked at. */
export const softly = expect.configure({ soft: true })

/** Lets the page's clock run until something holds, and says for how many of its seconds. */
export async function runUntil(page: Page, holds: () => Promise<boolean> | boolean, most = 600): Promise<number> {
  let ms = 0
  await expect
    .poll(async () => {
      if (await holds()) return true
      if (ms < most * 1000) {
        await page.clock.runFor(STEP_MS)
        ms += STEP_MS
      }
      return holds()
    }, AT_ONCE)
    .toBe(true)
  return ms / 1000
}

/** The mock API with what a test may have done to it, and the way back. */
function createStageApi() {
  const mock = createMockApi()
  const { live, exports, goOn, handle: _, ...usual } = { ...mock }
  const reset = () => {
    Object.assign(mock, usual)
    goOn()
    exports.forget()
    live.way = 'usual'
    live.heard = []
    live.forget()
    raised.length = 0
    changedPeers.clear()
  }
  return { mock, reset }
}

/** Nobody scrolls sideways, once what asks how wide its window is has heard that it was narrowed. */
export async function fits(page: Page, picture: string): Promise<void> {
  const excess = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await softly.poll(excess, { ...AT_ONCE, message: `${picture} scrolls sideways` }).toBeLessThanOrEqual(0)
}

/** What a page of any size promises: names, roles, contrast, and that nobody scrolls sideways. */
async function isAsPromised(page: Page, picture: string, options: AxeOptions | undefined): Promise<void> {
  if (options) expect.soft(await axeViolations(page, options), picture).toEqual([])
  await fits(page, picture)
}

interface Depths {
  /** What axe looks at on the desktop, in the light. */
  light?: AxeOptions
  /** And then on the phone, in the dark. */
  dark?: AxeOptions
}

const DEPTHS: Record<Depth, Depths> = {
  page: { light: {}, dark: {} },
  state: { light: { frameless: true } },
  alike: {},
}

type Mock = ReturnType<typeof createMockApi>

interface OpenOptions extends TabOptions {
  scenario?: Scenario
}

interface VisitOptions extends OpenOptions {
  /** Words that the page shows once it is there. */
  ready?: string
}

interface Fixtures {
  /** What tests of `inEachView` look with. */
  view: View
  /** The API behind every page, with everything as usual when a test begins. */
  mock: Mock
  /** Opens a tab in a browser of its own, which must log no error until the test ends. */
  open: (options?: OpenOptions) => Promise<Page>
  /** Opens one at a path. */
  visit: (path: string, options?: VisitOptions) => Promise<Page>
  /** Brings a tab into a state, keeps its pictures, and holds it to what every page promises. */
  see: (name: string, look: Look) => Promise<void>
  /** The same of what every page shows at a path while it loads, when it cannot be loaded, and to whom may not see it. */
  seeShared: (name: string, path: string) => Promise<void>
  told: undefined
}

interface WorkerFixtures {
  /** The built app on the mock API. */
  stage: ReturnType<typeof createStageApi> & { baseURL: string }
  /** One tab for each view, which goes from state to state. */
  tabs: (view: View) => Promise<Tab>
  /** A tab on the desktop or a phone in a browser that has loaded the app before, and has forgotten everything else. */
  warm: (phone: boolean) => Promise<Tab>
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  stage: [
    async ({}, give) => {
      const { mock, reset } = createStageApi()
      const server = await serveBuilt(DIST, mock)
      await give({ mock, reset, baseURL: server.url })
      server.stop()
    },
    { scope: 'worker' },
  ],

  tabs: [
    async ({ browser, stage }, give) => {
      const tabs = new Map<string, Tab>()
      await give(async (view) => {
        const tab = tabs.get(view.name) ?? (await openTab(browser, { baseURL: stage.baseURL, phone: view.phone }))
        tabs.set(view.name, tab)
        return tab
      })
      for (const tab of tabs.values()) await tab.close()
    },
    { scope: 'worker' },
  ],

  warm: [
    async ({ browser, stage }, give) => {
      const contexts = new Map<boolean, BrowserContext>()
      await give(async (phone) => {
        const context = contexts.get(phone) ?? (await openContext(browser, { baseURL: stage.baseURL, phone }))
        contexts.set(phone, context)
        const { page, errors, close } = await tabIn(context)
        const debug = await context.newCDPSession(page)
        await debug.send('Storage.clearDataForOrigin', { origin: stage.baseURL, storageTypes: 'all' })
        return {
          page,
          errors,
          close: async () => {
            // A clock once stopped is stopped for all tabs to come.
            const stopped = await page.evaluate<boolean>('"__pwClock" in globalThis')
            await close()
            await context.unrouteAll()
            await context.clearPermissions()
            await context.setOffline(false)
            if (!stopped) return
            contexts.delete(phone)
            await context.close()
          },
        }
      })
      for (const context of contexts.values()) await context.close()
    },
    { scope: 'worker' },
  ],

  view: [DESKTOP_VIEW, { option: true }],

  mock: async ({ stage }, give) => {
    // Whoever listened to the test before has gone.
    await expect.poll(() => stage.mock.live.connected(), { intervals: [10] }).toEqual([])
    stage.reset()
    await give(stage.mock)
  },

  open: async ({ browser, stage, mock, warm }, give) => {
    const tabs: Tab[] = []
    await give(async ({ scenario, phone = false, ...others } = {}) => {
      if (scenario) mock.scenario = scenario
      const usual = tabs.length === 0 && Object.keys(others).length === 0
      const tab = await (usual ? warm(phone) : openTab(browser, { baseURL: stage.baseURL, phone, ...others }))
      tabs.push(tab)
      return tab.page
    })
    for (const { page, errors } of tabs) expect.soft(errors, page.url()).toEqual([])
    for (const { close } of tabs) await close()
  },

  visit: async ({ open }, give) => {
    await give(async (path, { ready, ...options } = {}) => {
      const page = await open(options)
      await page.goto(path)
      if (ready !== undefined) await page.getByText(ready).first().waitFor()
      return page
    })
  },

  see: async ({ mock, tabs, view }, give) => {
    const { page, errors } = await tabs(view)
    await give(async (name, { scenario = 'full', path, ready, act, depth = 'state' }) => {
      const { light, dark } = DEPTHS[PICTURES ? 'page' : depth]
      const picture = `${name}-${view.name}`
      mock.scenario = scenario
      await page.emulateMedia({ colorScheme: 'light' })
      if (typeof path === 'string') {
        // What still waits for its answers has taken every connection, and the next page would wait 20 s for one.
        mock.goOn()
        // A link's token behind the same path would load nothing.
        if (path.includes('#')) await page.goto('about:blank')
        await page.goto(path)
      } else await path(page)
      await page.getByText(ready).first().waitFor()
      await act?.(page)
      await screenshot(page, `${picture}-light`)
      await isAsPromised(page, picture, light)
      if (PICTURES) {
        await turnDark(page)
        await screenshot(page, `${picture}-dark`)
        // Names and roles are as they were: only colours have changed.
        expect.soft(await axeViolations(page, { rules: COLOURS }), `${picture} in the dark`).toEqual([])
      } else {
        if (dark) await turnDark(page)
        await onPhone(page, () => isAsPromised(page, `${picture} on a phone`, dark))
      }
      expect.soft(errors.splice(0), picture).toEqual([])
      expect.soft(page.url(), `${picture} keeps its link's token`).not.toContain('token=')
    })
    mock.goOn()
    // What a test leaves behind is not the next one's: nothing is kept here, asked for, or listened to.
    if (page.url() !== 'about:blank') {
      await page.evaluate(() => {
        localStorage.clear()
        sessionStorage.clear()
      })
      await page.goto('about:blank')
    }
    errors.length = 0
  },

  seeShared: async ({ see, mock }, give) => {
    await give(async (name, path) => {
      await see(`${name}-loading`, { scenario: 'slow', path, ready: 'Loading' })
      await see(`${name}-failed`, { scenario: 'failed', path: () => { mock.goOn(); }, ready: 'Could not load', depth: 'alike' })
      await see(`${name}-forbidden`, { scenario: 'forbidden', path: (page) => page.getByRole('button', { name: 'Try again' }).first().click(), ready: 'You do not have access to', depth: 'alike' })
    })
  },

  // After what opens tabs, so that it is told before they close.
  told: [
    async ({ browser, open: _, tabs: __ }, give, info) => {
      await give(undefined)
      if (info.status !== info.expectedStatus) await tell(browser)
    },
    { auto: true },
  ],
})

/** Tests that look at states on the desktop and on a phone. */
export function inEachView(tests: (view: View) => void): void {
  for (const view of VIEWS) {
    test.describe(view.name, () => {
      test.use({ view })
      tests(view)
    })
  }
}
