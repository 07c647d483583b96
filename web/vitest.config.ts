import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      '@mock': fileURLToPath(new URL('./mock', import.meta.url)),
      '@': fileURLToPath(new URL('./src', import.meta.url)),
    },
  },
  test: {
    environmentOptions: { jsdom: { url: 'http://localhost:3000/' } },
    // A document takes longer to make than most files take to run: what is rendered has one, other files name it when they need it.
    projects: [
      { extends: true, test: { name: 'plain', include: ['src/**/*.test.ts'], environment: 'node' } },
      { extends: true, test: { name: 'rendered', include: ['src/**/*.test.tsx'], environment: 'jsdom', setupFiles: ['src/test-setup.ts'] } },
    ],
    // A busy machine is no reason to fail.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    env: { TZ: 'UTC' },
  },
})
