import type { NetbirdUser, Network, NetworkResource, NetworkRouter, Policy } from '../src/api/types'
import { before, DAY, HOUR } from './times'

export const HQ = { accountId: 'acc-hq', accountName: 'HQ' }
export const FIELD = { accountId: 'acc-field', accountName: 'Field' }

const user = (id: string, name: string, role: string, more: Partial<NetbirdUser> = {}): NetbirdUser => ({
  ...HQ,
  id,
  name,
  email: `${id}@acme.example`,
  role,
  status: 'active',
  isServiceUser: false,
  isBlocked: false,
  pendingApproval: false,
  issued: 'api',
  lastLogin: before(HOUR),
  ...more,
})

const never = (one: NetbirdUser): NetbirdUser => {
  const { lastLogin: _, ...rest } = one
  return rest
}

export const users = (): NetbirdUser[] => [
  user('ada', 'Ada Lovelace', 'owner'),
  user('grace', 'Grace Hopper', 'admin', { lastLogin: before(3 * DAY) }),
  user('support', 'Support', 'user', { status: 'blocked', isBlocked: true, lastLogin: before(90 * DAY) }),
  never(user('linus', '', 'user', { status: 'invited' })),
  never(user('margaret', 'Margaret Hamilton', 'user', { pendingApproval: true })),
  never(user('sync', 'platform-sync', 'auditor', { isServiceUser: true, email: '' })),
  user('night', 'The whole night shift of the warehouse in Lyon, second floor', 'network_admin', { ...FIELD, email: 'the-whole-night-shift-of-the-warehouse@field.acme.example' }),
]

export const group = (name: string) => ({ id: `group-${name}`, name })

/** As the list of groups has it. */
const ofHq = (name: string) => ({ id: `group-acc-hq-${name}`, name })

/** What there was of this id is no more. */
export const gone = (id: string) => ({ id, isGone: true })

const policy = (id: string, name: string, sentence: string, more: Partial<Policy> = {}): Policy => ({
  ...HQ,
  id,
  name,
  description: '',
  enabled: true,
  sourcePostureChecks: [],
  sourcePostureChecksCount: more.sourcePostureChecks?.length ?? 0,
  rules: [
    { name, description: '', enabled: true, action: 'accept', bidirectional: false, protocol: 'tcp', ports: ['22', '443'], sources: [ofHq('laptops')], destinations: [ofHq('servers')], sentence },
  ],
  ...more,
})

export const policies = (): Policy[] => [
  policy('default', 'Default', 'Peers of All may reach each other', { enabled: false }),
  policy('laptops', 'Laptops to servers', 'laptops may reach servers on TCP 22, 443 if min-version holds', { description: 'ssh and web', sourcePostureChecks: [{ id: 'check-min-version', name: 'min-version' }] }),
  policy('wiki', 'Contractors to wiki', 'contractors may reach one domain on TCP 443'),
  policy('field', 'Everything that the vans on the road may do with the warehouse in Lyon', 'vans, laptops, phones, scanners and 3 more may reach warehouse, printers, cameras and 2 more on TCP 80, 443, 631, 8000-8010, 9100 if one that is gone holds', { ...FIELD, sourcePostureChecks: [{ id: 'check-gone' }] }),
]

const resource = (id: string, type: string, address: string, groups: string[], enabled = true): NetworkResource => ({
  id,
  name: id,
  description: '',
  type,
  address,
  enabled,
  groups: groups.map(group),
})

const router = (id: string, more: Partial<NetworkRouter>): NetworkRouter => ({ id, peerGroups: [], metric: 9999, masquerade: true, enabled: true, ...more })

const network = (id: string, sentence: string, resources: NetworkResource[], routers: NetworkRouter[], more: Partial<Network> = {}): Network => ({
  ...HQ,
  id,
  name: id,
  description: '',
  resources,
  resourcesCount: resources.length,
  routers,
  routersCount: routers.length,
  policiesCount: 1,
  unknown: [],
  sentence,
  ...more,
})

export const networks = (): Network[] => [
  network('datacenter', 'No resource that is on through peers of routers', [resource('backup host', 'host', '192.168.7.7/32', ['databases'], false)], [router('dc', { peerGroups: [group('routers')] })]),
  network(
    'office',
    '10.10.0.0/24, wiki.corp.example through router-02',
    [resource('subnet', 'subnet', '10.10.0.0/24', ['servers']), resource('wiki', 'domain', 'wiki.corp.example', [])],
    [router('hq', { peer: { id: 'router-02', name: 'router-02' } })],
    { description: 'Headquarters' },
  ),
  network(
    'lyon',
    '10.40.0.0/16, 10.41.0.0/16, cameras.warehouse.lyon.field.acme.example and 37 more through peers of one that is gone',
    [resource('scanners', 'subnet', '10.40.0.0/16', ['scanners'])],
    [router('lyon', { peerGroups: [gone('group-gone')] })],
    { ...FIELD, name: 'Everything that stands in the warehouse in Lyon, second floor', resourcesCount: 40, unknown: ['gone'] },
  ),
]
