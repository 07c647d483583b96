import { describe, expect, test } from 'vitest'
import { screenshot } from './chromium'
import { stage } from './visit'

const WIDTHS = [390, 768, 900, 1024, 1280, 1440, 1920]

/** Lists, with names as long as people make them. */
const LISTS: Record<string, { path: string; ready: string; list: string }> = {
  peers: { path: '/peers', ready: 'router-02', list: 'Peers' },
  topology: { path: '/topology?view=table', ready: 'contractors', list: 'Topology' },
  groups: { path: '/groups', ready: 'maintenance', list: 'Groups' },
  'setup-keys': { path: '/setup-keys', ready: 'expires in 5 d', list: 'Setup keys' },
  users: { path: '/users', ready: 'platform-sync', list: 'Users' },
  proposals: { path: '/access/proposals', ready: 'Let contractors use the databases', list: 'Proposals' },
  reviews: { path: '/access/reviews', ready: 'Before the contractors come', list: 'Access reviews' },
  'review-rows': { path: '/access/reviews/0193f300-0000-7000-8000-000000000001', ready: 'laptop-', list: 'Who reaches what' },
  policies: { path: '/policies', ready: 'laptops may reach servers', list: 'Policies' },
  findings: { path: '/findings', ready: 'has 3 resources and no routing peer', list: 'Findings' },
  'posture-checks': { path: '/posture-checks', ready: 'client 0.60.0 or later', list: 'Posture checks' },
  changes: { path: '/changes', ready: 'ports: 443 added', list: 'Changes' },
  networks: { path: '/networks', ready: 'through router-02', list: 'Networks' },
  routes: { path: '/routes', ready: 'intranet.example through', list: 'Routes' },
  nameservers: { path: '/dns', ready: 'corp.example is resolved by', list: 'Nameservers' },
  events: { path: '/events', ready: 'laptop-11', list: 'Events' },
  metrics: { path: '/metrics?range=30d', ready: 'As a table', list: 'Metrics' },
  'own-metrics': { path: '/metrics/own', ready: 'backup.age', list: 'Own metrics' },
  alerts: { path: '/alerts', ready: 'router-02 is offline', list: 'Alerts' },
  rules: { path: '/rules', ready: 'Routing peer down', list: 'Rules' },
  silences: { path: '/silences', ready: 'Core switches', list: 'Silences' },
  channels: { path: '/channels', ready: 'Duty officers', list: 'Channels' },
  rotas: { path: '/on-call', ready: 'Night shift', list: 'Rotas' },
  routing: { path: '/routing', ready: 'Critical alerts to everybody', list: 'Routing' },
  deliveries: { path: '/deliveries', ready: 'Given up after 8 attempts', list: 'Deliveries' },
  audit: { path: '/audit', ready: 'Acknowledged an alert', list: 'Audit trail' },
  'audit-exports': { path: '/audit/exports', ready: 'Being written', list: 'Exports' },
  members: { path: '/settings/members', ready: 'Jonas Weber', list: 'Members' },
  tokens: { path: '/settings/tokens?of=all', ready: 'Chat bot', list: 'API tokens' },
  sessions: { path: '/settings/sessions', ready: 'Safari on iPhone', list: 'Sessions' },
  accounts: { path: '/settings/accounts', ready: 'netbird.acme.example', list: 'NetBird accounts' },
  syncs: { path: '/settings/accounts/acc-hq/syncs', ready: '2 changes of peer status', list: 'Sync log' },
  mail: { path: '/settings/mail', ready: 'router-02', list: 'Mails' },
}

const { mock, open } = stage()

// Colours change no width: one theme shows them, and the tests of states show the other.
describe('light', () => {
  test.each(Object.entries(LISTS))('%s at every width', async (name, { path, ready, list }) => {
    mock.scenario = 'long-names'
    const { page, errors, close } = await open()
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      await page.getByText(ready).first().waitFor()
      await screenshot(page, `${name}-${width}-light`)
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect.soft(excess, `${name} at ${width} scrolls sideways`).toBeLessThanOrEqual(0)
      if (width < 640) continue
      // A name is whole as long as any lesser column has room.
      const cut = await page.evaluate(
        (label) =>
          [...document.querySelectorAll(`table[aria-label="${label}"] tbody tr[data-row]`)].flatMap((row) => {
            const cells = [...row.querySelectorAll<HTMLElement>('td')]
            const named = cells.find((cell) => cell.title !== '')
            return named && cells.length > 1 && named.scrollWidth > named.clientWidth && named.title.length <= 40 ? [named.title] : []
          }),
        list,
      )
      expect.soft(cut, `${name} at ${width} cuts names`).toEqual([])
    }
    expect(errors).toEqual([])
    await close()
  })
})
