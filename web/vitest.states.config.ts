import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Every page in each of its states, and where links may lead, built and served with the headers of production, on the mock API. */
export default defineConfig({
  // The app's own list of its pages.
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    include: ['browser/*states.test.ts', 'browser/redirects.test.ts'],
    // One browser at a time.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As long as Playwright waits: how fast the machine is decides nothing.
    expect: { poll: { timeout: 30_000 } },
  },
})
