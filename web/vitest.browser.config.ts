import { defineConfig } from 'vitest/config'

/**
 * The product's story in a real browser, against a running local host with its demo network:
 * BASE_URL, EMAIL, PASSWORD and FAKE_NETBIRD_URL say where and who.
 */
export default defineConfig({
  test: {
    include: ['browser/story.test.ts', 'browser/identity-story.test.ts'],
    fileParallelism: false,
    // Vitest has a BASE_URL of its own.
    env: { HOST_URL: process.env.BASE_URL ?? '' },
    // Each step stands on the one before.
    bail: 1,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // As long as Playwright waits: how fast the machine is decides nothing.
    expect: { poll: { timeout: 30_000 } },
  },
})
