import { PAGES } from '../src/app/pages'
import { RULES } from '../mock/rule-ids'

interface Look {
  /** Words that the page shows once it is there. */
  ready: string
  /** Its address with something to show, where its path alone is not. */
  at?: string
  /** Words that show it to have nothing; a list, or what is made of one, has this state and its others. */
  empty?: string
}

/** Each page of the frame, by the app's own list of them: one that is added there is not complete without its look. */
const LOOKS: Record<keyof typeof PAGES, Look> = {
  overview: { ready: 'A day ago', empty: 'Three steps to a watched network' },
  metrics: { ready: 'Minutes with a failed sync', empty: 'No numbers yet' },
  ownMetrics: { ready: 'backup.age', empty: 'Nothing was pushed yet' },
  alerts: { ready: 'router-02 is offline', empty: 'No active alert' },
  alert: { at: '/alerts/0193b000-0000-7000-8000-000000000003', ready: 'Timeline' },
  peers: { ready: 'router-02', empty: 'No peers yet' },
  peer: { at: '/peers/peer-14?of=acc-hq', ready: 'Online, of the time that is known' },
  topology: { at: '/topology?view=table', ready: 'contractors', empty: 'Nothing to draw yet' },
  groups: { ready: 'maintenance', empty: 'No groups yet' },
  setupKeys: { ready: 'expires in 5 d', empty: 'No setup keys yet' },
  users: { ready: 'platform-sync', empty: 'No users yet' },
  access: { ready: 'Can laptops reach', empty: 'Nothing to ask about yet' },
  matrix: { ready: 'Allowed for some', empty: 'Nothing to compare yet' },
  tryChange: { ready: 'What if?', empty: 'Nothing to try yet' },
  since: { ready: 'What was changed', empty: 'Nothing to look back at yet' },
  proposals: { ready: 'Let contractors use the databases', empty: 'No proposal yet' },
  proposal: { at: '/access/proposals/0193f100-0000-7000-8000-000000000001', ready: 'Do they need all of them' },
  reviews: { ready: 'Before the contractors come', empty: 'No access review yet' },
  newReview: { ready: 'What to write down' },
  review: { at: '/access/reviews/0193f300-0000-7000-8000-000000000001', ready: 'Contractors have no business here.' },
  policies: { ready: 'laptops may reach servers', empty: 'No policies yet' },
  findings: { ready: 'has 3 resources and no routing peer', empty: 'Nothing to look at yet' },
  postureChecks: { ready: 'client 0.60.0 or later', empty: 'No posture checks yet' },
  networks: { ready: 'through router-02', empty: 'No networks yet' },
  routes: { ready: 'intranet.example through', empty: 'No routes yet' },
  nameservers: { ready: 'corp.example is resolved by', empty: 'No nameservers yet' },
  group: { at: '/groups/group-acc-hq-servers?of=acc-hq', ready: 'policies name it for what is behind the route' },
  user: { at: '/users/grace?of=acc-hq', ready: 'belongs to them' },
  policy: { at: '/policies/laptops?of=acc-hq', ready: 'the policy is about its resources' },
  network: { at: '/networks/office?of=acc-hq', ready: 'about its resources' },
  route: { at: '/routes/route-dnsroute?of=acc-hq', ready: 'Keeps addresses' },
  nameserver: { at: '/dns/dns-corp dns?of=acc-hq', ready: 'Search domains' },
  postureCheck: { at: '/posture-checks/check-managed devices?of=acc-hq', ready: 'its sources must pass it' },
  setupKey: { at: '/setup-keys/key-build machines?of=acc-hq', ready: 'Begins with' },
  events: { ready: 'laptop-11', empty: 'No events yet' },
  changes: { ready: 'ports: 443 added', empty: 'No changes yet' },
  rules: { ready: 'Routing peer down', empty: 'No rule yet' },
  newRule: { ready: 'In one sentence' },
  ruleTemplates: { ready: 'Many peers are offline at once', empty: 'Create 4 rules' },
  rulesImport: { ready: 'Check the document' },
  rule: { at: `/rules/${RULES.router}`, ready: 'Call the provider' },
  editRule: { at: `/rules/${RULES.router}/edit`, ready: 'Save changes' },
  silences: { ready: 'Core switches', empty: 'No silence yet' },
  newSilence: { ready: 'Every rule in every account' },
  silence: { at: '/silences/0193f000-0000-7000-8000-000000000001', ready: 'Next windows' },
  editSilence: { at: '/silences/0193f000-0000-7000-8000-000000000001/edit', ready: 'Save changes' },
  channels: { ready: 'Duty officers', empty: 'No channel yet' },
  newChannel: { at: '/channels/new?kind=slack', ready: 'Incoming Webhooks' },
  channel: { at: '/channels/0193d000-0000-7000-8000-000000000001', ready: 'Where it leads' },
  editChannel: { at: '/channels/0193d000-0000-7000-8000-000000000001/edit', ready: 'Save changes' },
  rotas: { ready: 'Night shift', empty: 'No rota yet' },
  newRota: { at: '/on-call/new', ready: 'Its clocks count' },
  rota: { at: '/on-call/0193e000-0000-7000-8000-000000000001', ready: 'Next four weeks' },
  editRota: { at: '/on-call/0193e000-0000-7000-8000-000000000001/edit', ready: 'Save changes' },
  routing: { ready: 'Critical alerts to everybody', empty: 'No route yet' },
  newAlertRoute: { at: '/routing/new', ready: 'Which alerts' },
  alertRoute: { at: '/routing/0193e500-0000-7000-8000-000000000001', ready: 'What it does' },
  editAlertRoute: { at: '/routing/0193e500-0000-7000-8000-000000000001/edit', ready: 'Save changes' },
  deliveries: { ready: 'Given up after 8 attempts', empty: 'No deliveries yet' },
  audit: { ready: 'Acknowledged an alert', empty: 'Nothing was done yet' },
  auditExports: { ready: 'Being written', empty: 'No export yet' },
  settings: { ready: 'Change email' },
  profile: { ready: 'Change email' },
  security: { ready: 'Second factor' },
  sessions: { ready: 'Safari on iPhone', empty: 'No session listed' },
  tokens: { ready: 'Nightly inventory', empty: 'No API token yet' },
  newToken: { ready: 'See alerts' },
  tenant: { ready: 'Danger zone' },
  members: { ready: 'Jonas Weber', empty: 'Nobody else yet' },
  roles: { ready: 'Set up single sign-on', empty: 'No role listed' },
  sso: { ready: 'Redirect address', empty: 'Set up single sign-on' },
  accounts: { ready: 'netbird.acme.example', empty: 'No account connected' },
  syncLog: { at: '/settings/accounts/acc-hq/syncs', ready: '2 changes of peer status', empty: 'No sync yet' },
  networkSettings: { at: '/settings/accounts/acc-hq/network', ready: 'Logins of peers expire after 7 d' },
  connect: { ready: 'Test connection' },
  mail: { at: '/settings/mail?file=0001.eml', ready: 'NetBird platform <alerts@', empty: 'No mail yet' },
}

export interface SeenPage extends Look {
  name: string
  /** Without what it has to show. */
  path: string
}

const kebab = (id: string): string => id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export const SEEN: readonly SeenPage[] = (Object.keys(LOOKS) as (keyof typeof PAGES)[]).map((id) => ({ name: kebab(id), path: PAGES[id].path, ...LOOKS[id] }))
