import { defineConfig } from '@playwright/test'

const CHROMIUM = {
  // Debian's, in place of a download.
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
}

export default defineConfig({
  testDir: 'browser',
  // A test that fails now and then is a defect, of the test or of the app.
  retries: 0,
  workers: 2,
  reporter: 'line',
  // As long as Playwright waits: how fast the machine is decides nothing.
  timeout: 1_200_000,
  expect: { timeout: 120_000 },
  use: {
    actionTimeout: 120_000,
    navigationTimeout: 120_000,
    // With TRACE=1 each step's page is kept of what fails, in test-results. Without, tests take a seventh less.
    trace: process.env.TRACE ? { mode: 'retain-on-failure', screenshots: false } : 'off',
    screenshot: 'only-on-failure',
    launchOptions: CHROMIUM,
  },
  projects: [
    {
      // Every page in each of its states, and where links may lead, built and served with the headers of production, on the mock API.
      name: 'states',
      testMatch: ['*states.test.ts', 'redirects.test.ts'],
      fullyParallel: true,
      // Pages are loaded anew for each state: code is thrown away before it is worth optimizing, which took a tenth of the time.
      use: { launchOptions: { ...CHROMIUM, args: [...CHROMIUM.args, '--js-flags=--no-turbofan --no-maglev'] } },
      outputDir: 'test-results/states',
    },
    {
      // The product's story, against a running local host with its demo network: BASE_URL, EMAIL, PASSWORD and FAKE_NETBIRD_URL
      // say where and who (tests/browser.py).
      name: 'story',
      testMatch: '*story.test.ts',
      workers: 1,
      outputDir: 'test-results/story',
    },
    {
      // How fast the built app is on the mock API: figures beside their budgets, for people to look at.
      name: 'bench',
      testMatch: 'bench.ts',
      workers: 1,
      timeout: 600_000,
      outputDir: 'test-results/bench',
    },
  ],
})
