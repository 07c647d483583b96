import { defineConfig } from 'vitest/config'

/** The product's story in a real browser, against a running local host (BASE_URL, EMAIL, PASSWORD). */
export default defineConfig({
  test: {
    include: ['browser/story.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
})
