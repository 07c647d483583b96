import { defineConfig } from 'vitest/config'

/** How fast the built app is on the mock API: figures beside their budgets, for people to look at. */
export default defineConfig({
  test: {
    include: ['browser/bench.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
