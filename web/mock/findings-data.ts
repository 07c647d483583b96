import type { AccessFinding, AccessFindings } from '../src/api/types'
import { ok, problem, type Answer } from './answers'
import { FIELD, HQ } from './network-data'
import { before } from './times'

export type FindingsWay = 'usual' | 'nothing' | 'too-large' | 'read-anew'

type Kind = AccessFinding['kind']
type Subject = AccessFinding['subject']['type']

const ADVICE: Record<Kind, [AccessFinding['severity'], string]> = {
  'open-to-all': ['medium', 'Say who needs what in policies of their own, then switch this one off.'],
  unrouted: ['high', 'Add a routing peer to the network, or switch its router on.'],
  'single-router': ['low', 'Add a second routing peer: while this one is away, nobody gets through.'],
  'endless-setup-key': ['medium', 'Give it an end, or a number of uses: whoever has it may join at any time.'],
  overruled: ['medium', 'Remove one of the two, whichever is not meant.'],
  redundant: ['low', 'Remove it, or narrow the other one.'],
  idle: ['low', 'Put peers into the group, or remove the rule.'],
  'unused-group': ['low', 'Remove it, if no user gets it by themselves: which groups users get is not read.'],
  'unused-posture-check': ['low', 'Remove it, or ask for it in a policy.'],
}

/** As the lists have them, where those are no names with their kind before them. */
const IDS: Record<string, string> = { Default: 'default', 'Laptops to servers': 'laptops', 'Contractors to wiki': 'wiki', office: 'office', datacenter: 'datacenter' }

function finding(kind: Kind, type: Subject, name: string, sentence: string, rule?: number): AccessFinding {
  const [severity, advice] = ADVICE[kind]
  const id = IDS[name] ?? `${type === 'posture-check' ? 'check' : type === 'setup-key' ? 'key' : type}-${name}`
  return { id: `${kind}:${type}:${id}${rule === undefined ? '' : `:${rule}`}`, kind, severity, subject: { type, id, name, ...(rule !== undefined && { rule }) }, sentence, advice }
}

const usual = (): AccessFinding[] => [
  finding('unrouted', 'network', 'datacenter', 'Network “datacenter” has 3 resources and no routing peer.'),
  finding('open-to-all', 'policy', 'Default', 'Policy “Default” lets every peer reach every other on every port.', 0),
  finding('endless-setup-key', 'setup-key', 'routers', 'Setup key “routers” never expires and is never used up; 4 machines joined with it.'),
  finding('overruled', 'policy', 'Contractors to wiki', 'Policy “Contractors to wiki” allows nothing: rule 2 of policy “Laptops to servers” forbids all of it (contractors may reach one domain on TCP 443).', 0),
  // What only a newer API finds, about what only it knows.
  { id: 'of-tomorrow:relay:relay-1', kind: 'of-tomorrow' as Kind, severity: 'medium', subject: { type: 'relay-server' as Subject, id: 'relay-1', name: 'relay-eu' }, sentence: 'Relay “relay-eu” is older than its peers.', advice: 'Renew it.' },
  finding('single-router', 'network', 'office', 'Network “office” (2 resources) is reached through router-02 alone.'),
  finding('single-router', 'route', 'legacy', 'Route “legacy” to 172.20.0.0/16 goes through router-02 alone.'),
  finding('redundant', 'policy', 'Laptops to servers', 'Rule 2 of policy “Laptops to servers” says no more than rule 1 of policy “Laptops to servers” (laptops may reach servers on TCP 22).', 1),
  finding('idle', 'policy', 'Laptops to servers', 'Rule 3 of policy “Laptops to servers” is about nobody: no peer is in kiosks.', 2),
  finding('unused-group', 'group', 'maintenance', 'Group “maintenance” is empty, and no policy, route, network, nameserver or setup key names it.'),
  finding('unused-posture-check', 'posture-check', 'managed devices', 'No policy asks for posture check “managed devices”.'),
]

const LONG = 'Everything that the vans on the road may do with the warehouse in Lyon'

const long = (): AccessFinding[] => [
  ...usual(),
  finding('redundant', 'policy', LONG, `Policy “${LONG}” says no more than rule 12 of policy “${LONG}, and with the one in Marseille” (vans, laptops, phones, scanners and 3 more may reach warehouse, printers, cameras and 2 more on TCP 80, 443, 631, 8000-8010, 9100 if one that is gone holds).`, 0),
  finding('unused-group', 'group', 'all-machines-of-the-warehouse-in-lyon-second-floor-that-nobody-has-touched-since', 'Group “all-machines-of-the-warehouse-in-lyon-second-floor-that-nobody-has-touched-since” has 2 peers, and no policy, route, network, nameserver or setup key names it.'),
]

const many = (): AccessFinding[] =>
  Array.from({ length: 1000 }, (_, index) => finding('unused-group', 'group', `team-${index}`, `Group “team-${index}” is empty, and no policy, route, network, nameserver or setup key names it.`))

/** What stands out in the account that is asked for. */
export function answerFindings(query: URLSearchParams, scenario: string, way: FindingsWay): Answer {
  const account = [HQ, FIELD].find(({ accountId }) => accountId === (query.get('accountId') ?? HQ.accountId))
  if (scenario === 'empty' || !account) return problem(404, 'not-found', 'Not found', 'There is no such account.')
  if (way === 'too-large') return problem(409, 'conflict', 'Not possible as things are', 'the account has too many rules, groups and peers to be judged together')
  if (way === 'read-anew') return problem(503, 'unavailable', 'Not available just now', 'the network is being read anew; try again after the next sync', {}, { 'retry-after': '30' })
  const isField = account === FIELD
  const findings = way === 'nothing' ? [] : scenario === 'many' ? many() : scenario === 'long-names' ? long() : usual()
  const body: AccessFindings = {
    ...account,
    findings: isField ? findings.filter(({ kind }) => !kind.startsWith('unused') && kind !== 'endless-setup-key') : findings,
    omitted: scenario === 'many' ? 412 : 0,
    unread: isField ? ['posture checks', 'setup keys'] : [],
    asOf: before(isField ? 74_000 : 12_000),
  }
  return ok(body)
}
