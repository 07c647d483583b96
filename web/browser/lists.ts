interface ListLook {
  path: string
  /** Words that it shows once it is there. */
  ready: string
  /** What its table is called. */
  list: string
  /** Where the API gives it page by page; null where it comes whole. */
  pages: string | null
}

/** Every list. */
export const LISTS: Record<string, ListLook> = {
  peers: { path: '/peers', ready: 'router-02', list: 'Peers', pages: '/api/netbird/peers' },
  topology: { path: '/topology?view=table', ready: 'contractors', list: 'Topology', pages: null },
  groups: { path: '/groups', ready: 'maintenance', list: 'Groups', pages: '/api/netbird/groups' },
  'setup-keys': { path: '/setup-keys', ready: 'expires in 5 d', list: 'Setup keys', pages: '/api/netbird/setup-keys' },
  users: { path: '/users', ready: 'platform-sync', list: 'Users', pages: '/api/netbird/users' },
  proposals: { path: '/access/proposals', ready: 'Let contractors use the databases', list: 'Proposals', pages: '/api/access/proposals' },
  reviews: { path: '/access/reviews', ready: 'Before the contractors come', list: 'Access reviews', pages: '/api/access/reviews' },
  'review-rows': { path: '/access/reviews/0193f300-0000-7000-8000-000000000001', ready: 'laptop-', list: 'Who reaches what', pages: '/api/access/reviews/0193f300-0000-7000-8000-000000000001/rows' },
  policies: { path: '/policies', ready: 'laptops may reach servers', list: 'Policies', pages: '/api/netbird/policies' },
  findings: { path: '/findings', ready: 'has 3 resources and no routing peer', list: 'Findings', pages: null },
  'posture-checks': { path: '/posture-checks', ready: 'client 0.60.0 or later', list: 'Posture checks', pages: '/api/netbird/posture-checks' },
  changes: { path: '/changes', ready: 'ports: 443 added', list: 'Changes', pages: '/api/netbird/changes' },
  networks: { path: '/networks', ready: 'through router-02', list: 'Networks', pages: '/api/netbird/networks' },
  routes: { path: '/routes', ready: 'intranet.example through', list: 'Routes', pages: '/api/netbird/routes' },
  nameservers: { path: '/dns', ready: 'corp.example is resolved by', list: 'Nameservers', pages: '/api/netbird/nameservers' },
  events: { path: '/events', ready: 'laptop-11', list: 'Events', pages: '/api/netbird/events' },
  metrics: { path: '/metrics?range=30d', ready: 'As a table', list: 'Metrics', pages: null },
  'own-metrics': { path: '/metrics/own', ready: 'backup.age', list: 'Own metrics', pages: null },
  alerts: { path: '/alerts', ready: 'router-02 is offline', list: 'Alerts', pages: '/api/alerts' },
  rules: { path: '/rules', ready: 'Routing peer down', list: 'Rules', pages: null },
  silences: { path: '/silences', ready: 'Core switches', list: 'Silences', pages: null },
  channels: { path: '/channels', ready: 'Duty officers', list: 'Channels', pages: null },
  rotas: { path: '/on-call', ready: 'Night shift', list: 'Rotas', pages: null },
  routing: { path: '/routing', ready: 'Critical alerts to everybody', list: 'Routing', pages: null },
  deliveries: { path: '/deliveries', ready: 'Given up after 8 attempts', list: 'Deliveries', pages: '/api/alerts/deliveries' },
  audit: { path: '/audit', ready: 'Acknowledged an alert', list: 'Audit trail', pages: '/api/audit/logs' },
  'audit-exports': { path: '/audit/exports', ready: 'Being written', list: 'Exports', pages: null },
  members: { path: '/settings/members', ready: 'Jonas Weber', list: 'Members', pages: '/api/users' },
  tokens: { path: '/settings/tokens?of=all', ready: 'Chat bot', list: 'API tokens', pages: null },
  sessions: { path: '/settings/sessions', ready: 'Safari on iPhone', list: 'Sessions', pages: null },
  accounts: { path: '/settings/accounts', ready: 'netbird.acme.example', list: 'NetBird accounts', pages: null },
  syncs: { path: '/settings/accounts/acc-hq/syncs', ready: '2 changes of peer status', list: 'Sync log', pages: '/api/netbird/accounts/acc-hq/syncs' },
  mail: { path: '/settings/mail', ready: 'router-02', list: 'Mails', pages: null },
}
