import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type ConsoleMessage, type Locator, type Page, type WebError } from '@playwright/test'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const SCREENSHOTS = fileURLToPath(new URL('./screenshots', import.meta.url))

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }
const WIDTHS = [390, 768, 900, 1024, 1280, 1440, 1920]

export type Theme = 'light' | 'dark'

export interface TabOptions extends BrowserContextOptions {
  theme?: Theme
  phone?: boolean
}

export interface Tab {
  page: Page
  /** What the page logged as an error, or threw. */
  errors: string[]
  close: () => Promise<void>
}

/** A browser of its own kind, whose tabs share what it has loaded before. */
export function openContext(browser: Browser, { theme = 'light', phone = false, ...more }: TabOptions): Promise<BrowserContext> {
  return browser.newContext({
    colorScheme: theme,
    viewport: phone ? PHONE : DESKTOP,
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: phone ? 2 : 1,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...more,
  })
}

/** A tab in it; what it logs as an error is collected, as is what the tabs log that a test opens beside it. */
export async function tabIn(context: BrowserContext): Promise<Tab> {
  const errors: string[] = []
  const thrown = (error: WebError) => void errors.push(error.error().message)
  const logged = (message: ConsoleMessage) => {
    // Failed requests are some states' very subject; anything else in the console is a defect.
    if (message.type() === 'error' && !/^(Failed to load resource|WebSocket connection to)/.test(message.text())) errors.push(message.text())
  }
  context.on('weberror', thrown).on('console', logged)
  const page = await context.newPage()
  const close = async () => {
    // One by one: of pages that close with their context Playwright takes a picture each, for the case that the test fails.
    for (const open of context.pages()) await open.close()
    context.off('weberror', thrown).off('console', logged)
  }
  return { page, errors, close }
}

/** A tab in a browser of its own. */
export async function openTab(browser: Browser, options: TabOptions): Promise<Tab> {
  const context = await openContext(browser, options)
  const { close, ...tab } = await tabIn(context)
  return {
    ...tab,
    close: async () => {
      await close()
      await context.close()
    },
  }
}

/** Says where pages are and what a person reads there: what a failed step is understood by. */
export async function tell(browser: Browser): Promise<void> {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    if (page.url() === 'about:blank') continue
    const text = await page.locator('body').innerText({ timeout: 5000 }).catch(String)
    console.log(`${page.url()} shows\n${text.replace(/^/gm, '  ')}`)
  }
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

/** Rules of axe that another theme may break. */
export const COLOURS = ['color-contrast', 'link-in-text-block']

const axe = readFile(AXE, 'utf8')

/** What stands around every page: navigation and header. */
const FRAME = ['#root aside:not(#main *)', '#root header:not(#main *)']

export interface AxeOptions {
  /** Some of its rules, in place of all. */
  rules?: readonly string[]
  /** Looks at the page without what stands around every page. */
  frameless?: boolean
}

/** What axe finds wrong with the page, one line for each element. */
export async function axeViolations(page: Page, { rules, frameless = false }: AxeOptions = {}): Promise<string[]> {
  // Evaluated by the debugger, as the content security policy keeps inline scripts out.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await axe)
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  const where = { exclude: frameless ? FRAME : [] }
  const { violations } = await page.evaluate<AxeResult>(`axe.run(${JSON.stringify(where)}, ${JSON.stringify(options)})`)
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${JSON.stringify(target)} ${failureSummary ?? ''}`))
}

/**
 * Turns the page dark. Its colours change at once instead of being moved: in the midst of a transition they are of neither theme,
 * and drawing each of its steps cost a state a fifth of its time.
 */
export async function turnDark(page: Page): Promise<void> {
  await page.evaluate(() => {
    const still = new CSSStyleSheet()
    still.replaceSync('*, ::before, ::after { transition: none !important }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]
  })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-theme="dark"]').waitFor({ state: 'attached' })
}

/** Ticks a box that is ticked once the address says so: `check` would look at it the moment after. */
export async function tick(box: Locator): Promise<void> {
  await box.click()
  await expect(box).toBeChecked()
}

/** What depends on the window's size is drawn anew with the frame after. */
const drawn = (page: Page) => page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')

/** Looks at the page, as it stands, at each width that windows have. */
export async function atEveryWidth(page: Page, look: (width: number) => Promise<void>): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await drawn(page)
    await look(width)
  }
}

/** Looks at the page as on a phone: with its width, and with fingers in place of a mouse. */
export async function onPhone(page: Page, look: () => Promise<void>): Promise<void> {
  const debug = await page.context().newCDPSession(page)
  await debug.send('Emulation.setTouchEmulationEnabled', { enabled: true })
  await page.setViewportSize(PHONE)
  await page.waitForFunction('matchMedia("(pointer: coarse)").matches')
  await drawn(page)
  await look()
  // Its fingers go with it.
  await debug.detach()
  await page.setViewportSize(DESKTOP)
}

/** Whether somebody asked for pictures to look at: `make screenshots`. */
export const PICTURES = process.env.SCREENSHOTS !== undefined

/** Keeps a picture, if somebody asked for them. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` })
}
