import { test as base, expect, type Page } from '@playwright/test'
import { openTab, tell, type Tab, type TabOptions } from './chromium'

export { expect }

function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; see playwright.config.ts`)
  return value
}

/** A local host that runs, its demo network, and the account that it was set up with. */
interface Host {
  url: string
  netbird: string
  email: string
  password: string
}

interface WorkerFixtures {
  host: Host
  /** A browser of its own for each person, from one step of a story to the next; it must log no error. */
  person: (options?: TabOptions) => Promise<Page>
}

export const test = base.extend<{ told: undefined }, WorkerFixtures>({
  host: [
    async ({}, give) => {
      await give({ url: setting('BASE_URL'), netbird: setting('FAKE_NETBIRD_URL'), email: setting('EMAIL'), password: setting('PASSWORD') })
    },
    { scope: 'worker' },
  ],

  person: [
    async ({ browser, host }, give) => {
      const tabs: Tab[] = []
      await give(async (options) => {
        const tab = await openTab(browser, { baseURL: host.url, ...options })
        tabs.push(tab)
        return tab.page
      })
      for (const { close } of tabs) await close()
      expect(tabs.flatMap(({ errors }) => errors)).toEqual([])
    },
    { scope: 'worker' },
  ],

  told: [
    async ({ browser }, give, info) => {
      await give(undefined)
      if (info.status !== info.expectedStatus) await tell(browser)
    },
    { auto: true },
  ],
})

/** A tick, an evaluation, a delivery and a job that mails take a few seconds; a loaded machine takes its time. */
export const SOON = { timeout: 60_000, intervals: [500] }
