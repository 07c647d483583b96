import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { onTestFailed } from 'vitest'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const SCREENSHOTS = fileURLToPath(new URL('./screenshots', import.meta.url))

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

export type Theme = 'light' | 'dark'

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

interface PageOptions {
  baseURL: string
  theme?: Theme
  phone?: boolean
}

/** A page in a browser of its own kind; what it logs as an error is collected. */
export async function openPage(browser: Browser, { baseURL, theme = 'light', phone = false }: PageOptions) {
  const context = await browser.newContext({
    baseURL,
    colorScheme: theme,
    viewport: phone ? PHONE : DESKTOP,
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: phone ? 2 : 1,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    // Failed requests are some states' very subject; anything else in the console is a defect.
    if (message.type() === 'error' && !/^(Failed to load resource|WebSocket connection to)/.test(message.text())) errors.push(message.text())
  })
  return { page, errors, close: () => context.close() }
}

/** Says where pages are and what a person reads there if the test fails: what a failed step is understood by. */
export function tellIfFailed(tabs: readonly { page: Page }[]): void {
  onTestFailed(async () => {
    for (const { page } of tabs) {
      const text = await page.locator('body').innerText().catch(String)
      console.log(`${page.url()} shows\n${text.replace(/^/gm, '  ')}`)
    }
  })
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

/** Rules of axe that another theme may break. */
export const COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with the page, one line for each element; by some of its rules, or by all. */
export async function axeViolations(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Evaluated by the debugger, as the content security policy keeps inline scripts out.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await readFile(AXE, 'utf8'))
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  const { violations } = await page.evaluate<AxeResult>(`axe.run(document, ${JSON.stringify(options)})`)
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${JSON.stringify(target)} ${failureSummary ?? ''}`))
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` })
}
