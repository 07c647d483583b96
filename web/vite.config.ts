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

interface Modules {
  getModuleInfo: (id: string) => { importedIds: string[] } | null
}

/** The name of the file with what begins the app and its first page; of other modules none. */
function beginning(): (id: string, modules: Modules) => string | null {
  const found = new Set<string>()
  return (id, modules) => {
    const waiting = found.size ? [] : [`${source}/main.tsx`, `${source}/features/overview/OverviewPage.tsx`]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue
      found.add(next)
      waiting.push(...(modules.getModuleInfo(next)?.importedIds ?? []))
    }
    return found.has(id) ? 'start' : null
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
            // The same of what is ours, with the first page, which is loaded in any case by whoever begins there.
            { name: beginning() },
            // What menus, popovers and dialogs are made of, loaded when the first is reached for. After the two: they take what both need.
            { name: 'overlays', test: /node_modules\/(@radix-ui|radix-ui|@floating-ui|react-remove-scroll|react-remove-scroll-bar|react-style-singleton|use-callback-ref|use-sidecar|aria-hidden|get-nonce|tslib)\// },
            // The same of what every other page has: lists, forms, dialogs.
            { name: 'pieces', minShareCount: 40 },
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
