import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { createMockApi, serveBuilt, type Scenario } from '../mock/server'
import { axeViolations, COLOURS, launch, openPage, screenshot, type Theme } from './chromium'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))

/** What a page is looked at with. It is loaded in the light, and turns dark before one's eyes. */
export const VIEWS = [
  { name: 'desktop', phone: false },
  { name: 'phone', phone: true },
] as const

export interface View {
  name: string
  phone: boolean
}

export interface Visit {
  scenario?: Scenario
  path: string
  /** Words that the page shows once it is in the state. */
  ready: string
  name: string
  act?: (page: Page) => Promise<void>
}

export type Pages = Record<string, Omit<Visit, 'name'>>

export const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).click()

/** Waits until the page has its theme's colours: in the midst of a transition they are of neither. */
async function coloursSettle(page: Page, theme: Theme): Promise<void> {
  await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' })
  await page.evaluate(async () => {
    const transitions = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    // A colour is handed down from element to element, and each begins when the one above it is done.
    for (let running = transitions(); running.length > 0; running = transitions()) await Promise.allSettled(running.map(({ finished }) => finished))
  })
}

/** The built app on the mock API, and a browser. */
export function stage() {
  const mock = createMockApi()
  const running: { browser?: Browser; server?: Awaited<ReturnType<typeof serveBuilt>> } = {}

  beforeAll(async () => {
    running.browser = await launch()
    running.server = await serveBuilt(DIST, mock)
  })

  afterAll(async () => {
    await running.browser?.close()
    running.server?.stop()
  })

  const open = (view: Partial<View> = {}) => {
    if (!running.browser || !running.server) throw new Error('the stage is not set')
    return openPage(running.browser, { baseURL: running.server.url, ...view })
  }

  /** Opens pages in states in one tab, keeps their pictures, and holds them to what every page promises. */
  function visitor(view: View) {
    let tab: Awaited<ReturnType<typeof openPage>>

    beforeAll(async () => {
      tab = await open(view)
    })

    afterAll(() => tab.close())

    return async (name: string, { scenario = 'full', path, ready, act }: Omit<Visit, 'name'>) => {
      const { page, errors } = tab
      const picture = `${name}-${view.name}`
      mock.scenario = scenario
      await page.emulateMedia({ colorScheme: 'light' })
      // A link's token behind the same path would load nothing.
      if (path.includes('#')) await page.goto('about:blank')
      await page.goto(path)
      await page.getByText(ready).first().waitFor()
      await act?.(page)
      await screenshot(page, `${picture}-light`)
      expect.soft(await axeViolations(page), picture).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      await coloursSettle(page, 'dark')
      await screenshot(page, `${picture}-dark`)
      // Names and roles are as they were: only colours have changed.
      expect.soft(await axeViolations(page, COLOURS), `${picture} in the dark`).toEqual([])
      expect.soft(errors.splice(0), picture).toEqual([])
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect.soft(excess, `${picture} scrolls sideways`).toBeLessThanOrEqual(0)
      expect.soft(page.url(), `${picture} keeps its link's token`).not.toContain('token=')
    }
  }

  return { mock, open, visitor }
}
