import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const source = fileURLToPath(new URL('./src', import.meta.url))

/** Serves the mock API from the dev server, so that pages can be built with no backend. */
function mockApi(): Plugin {
  return {
    name: 'mock-api',
    async configureServer(server) {
      const { createMockApi } = await import('./mock/server')
      const mock = createMockApi()
      if (server.httpServer) mock.live.attach(server.httpServer)
      server.middlewares.use((request, response, next) => void mock.handle(request, response, next))
    },
  }
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), ...(mode === 'mock' ? [mockApi()] : [])],
  resolve: { alias: { '@': source } },
  build: {
    target: 'es2022',
    // Data URIs for fonts and scripts are refused by the content security policy.
    assetsInlineLimit: 0,
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page loads is one file: in thirty small ones it compresses worse and takes as many requests.
            { name: 'frame', test: /node_modules\/(react|react-dom|scheduler|clsx|zustand|openapi-fetch|@tanstack\/(react-query|query-core|react-router|router-core|history|react-store|store)|isbot|use-sync-external-store)\// },
            // The same of what nearly every page and dialog shares, of more than 150.
            { name: 'shared', minShareCount: 90 },
            // What menus, popovers and dialogs are made of, loaded when the first is reached for. Second: the first group takes what both need.
            { name: 'overlays', test: /node_modules\/(@radix-ui|radix-ui|@floating-ui|react-remove-scroll|react-remove-scroll-bar|react-style-singleton|use-callback-ref|use-sidecar|aria-hidden|get-nonce|tslib)\// },
          ],
        },
      },
    },
  },
  server: {
    proxy:
      mode === 'mock'
        ? {}
        : {
            '/api': 'http://localhost:3000',
            '/local': 'http://localhost:3000',
            '/ws': { target: 'http://localhost:3000', ws: true, rewriteWsOrigin: true },
          },
  },
}))
