import type { NameserverGroup, PostureCheck, Route, SetupKey } from '../src/api/types'
import { before, DAY, HOUR } from './times'
import { FIELD, gone, group, HQ } from './network-data'

const after = (milliseconds: number): string => before(-milliseconds)

const route = (networkId: string, sentence: string, more: Partial<Route>): Route => ({
  ...HQ,
  id: `route-${networkId}`,
  networkId,
  description: '',
  enabled: true,
  network: '172.20.0.0/16',
  networkType: 'IPv4',
  domains: [],
  peerGroups: [],
  groups: [group('laptops')],
  accessControlGroups: [],
  metric: 9999,
  masquerade: true,
  keepRoute: false,
  skipAutoApply: false,
  sentence,
  peerGroupsCount: more.peerGroups?.length ?? 0,
  groupsCount: more.groups?.length ?? 1,
  accessControlGroupsCount: more.accessControlGroups?.length ?? 0,
  ...more,
})

export const routes = (): Route[] => [
  route('dnsroute', 'intranet.example through peers of routers for laptops', { network: '192.0.2.0/32', networkType: 'Domain', domains: ['intranet.example'], peerGroups: [group('routers')], keepRoute: true }),
  route('legacy', '172.20.0.0/16 through router-02 for laptops', { description: 'old route', peer: { id: 'router-02', name: 'router-02' } }),
  route('spare', 'fd00:10::/64 through router-02 for All', { network: 'fd00:10::/64', networkType: 'IPv6', enabled: false, peer: { id: 'router-02', name: 'router-02' }, groups: [group('All')], masquerade: false, skipAutoApply: true, metric: 100 }),
  route('The old way to the warehouse in Lyon, which nobody dares to remove', '10.40.0.0/16 through one that is gone for vans, laptops, phones and 4 more', {
    ...FIELD,
    network: '10.40.0.0/16',
    peer: gone('peer-gone'),
    groups: ['vans', 'laptops', 'phones', 'scanners', 'cameras'].map(group),
    groupsCount: 7,
    accessControlGroups: [gone('group-gone')],
  }),
]

const nameservers = (name: string, sentence: string, more: Partial<NameserverGroup>): NameserverGroup => ({
  ...HQ,
  id: `dns-${name}`,
  name,
  description: '',
  enabled: true,
  primary: false,
  nameservers: [{ ip: '10.10.0.53', nsType: 'udp', port: 53 }],
  domains: ['corp.example'],
  searchDomainsEnabled: false,
  groups: [group('laptops')],
  groupsCount: more.groups?.length ?? 1,
  sentence,
  ...more,
})

export const nameserverGroups = (): NameserverGroup[] => [
  nameservers('corp dns', 'corp.example is resolved by 10.10.0.53 for laptops', { description: 'Names of the office', searchDomainsEnabled: true }),
  nameservers('upstream', 'every other domain is resolved by 9.9.9.9, 2620:fe::fe for All', {
    primary: true,
    domains: [],
    nameservers: [
      { ip: '9.9.9.9', nsType: 'udp', port: 53 },
      { ip: '2620:fe::fe', nsType: 'udp', port: 5353 },
    ],
    groups: [group('All')],
  }),
  nameservers('The nameservers that stand in the warehouse in Lyon, second floor', 'warehouse.lyon.field.acme.example, scanners.lyon.field.acme.example and 12 more are resolved by 10.40.0.53 for one that is gone', {
    ...FIELD,
    enabled: false,
    domains: ['warehouse.lyon.field.acme.example', 'scanners.lyon.field.acme.example'],
    nameservers: [{ ip: '10.40.0.53', nsType: 'udp', port: 53 }],
    groups: [gone('group-gone')],
  }),
]

const check = (name: string, sentence: string, checks: PostureCheck['checks'], more: Partial<PostureCheck>): PostureCheck => ({ ...HQ, id: `check-${name}`, name, description: '', checks, policies: [], policiesCount: 0, sentence, ...more })

export const postureChecks = (): PostureCheck[] => [
  check('min-version', 'client 0.60.0 or later', { nbVersionCheck: { minVersion: '0.60.0' } }, { description: 'client 0.60+', policies: [{ id: 'laptops', name: 'Laptops to servers' }], policiesCount: 1 }),
  check(
    'managed devices',
    'Linux kernel 5.0 or later; connects from DE, Paris (FR); does not have an address in 192.168.0.0/16; runs /usr/bin/agent',
    {
      osVersionCheck: { linux: { minKernelVersion: '5.0' } },
      geoLocationCheck: { action: 'allow', locations: [{ countryCode: 'DE' }, { countryCode: 'FR', cityName: 'Paris' }] },
      peerNetworkRangeCheck: { action: 'deny', ranges: ['192.168.0.0/16'] },
      processCheck: { processes: [{ linuxPath: '/usr/bin/agent', windowsPath: 'C:\\Program Files\\agent.exe' }] },
    },
    {},
  ),
  check('Only what the safety rules of the warehouse in Lyon let in', 'has an address in 10.40.0.0/16, 10.41.0.0/16, 10.42.0.0/16 and 9 more', { peerNetworkRangeCheck: { action: 'allow', ranges: ['10.40.0.0/16', '10.41.0.0/16'] } }, { ...FIELD, policies: [{ id: 'field', name: 'Everything that the vans on the road may do with the warehouse in Lyon' }, gone('policy-gone')], policiesCount: 14 }),
]

const key = (name: string, more: Partial<SetupKey>): SetupKey => ({
  ...HQ,
  id: `key-${name}`,
  name,
  key: '1DF7C****',
  type: 'reusable',
  state: 'valid',
  ephemeral: false,
  allowExtraDnsLabels: false,
  usedTimes: 12,
  usageLimit: 0,
  expires: after(60 * DAY),
  lastUsed: before(3 * HOUR),
  updatedAt: before(30 * DAY),
  autoGroups: [group('servers')],
  autoGroupsCount: more.autoGroups?.length ?? 1,
  ...more,
})

/** Without what an answer leaves out. */
function without<Part extends 'expires' | 'lastUsed'>(one: SetupKey, part: Part): Omit<SetupKey, Part> {
  const { [part]: _, ...rest } = one
  return rest
}

export const setupKeys = (): SetupKey[] => [
  key('build machines', { key: 'A92B0****', ephemeral: true, usedTimes: 1834, usageLimit: 5000, expires: after(5 * DAY + HOUR) }),
  without(key('kiosk in the hall', { key: '77E01****', type: 'one-off', usedTimes: 1, usageLimit: 1, state: 'overused' }), 'expires'),
  key('laptops of 2024', { key: 'C40D2****', state: 'expired', expires: before(40 * DAY), usedTimes: 61, usageLimit: 100, lastUsed: before(41 * DAY) }),
  without(key('routers', { key: '5B8EE****', usedTimes: 4, autoGroups: [group('routers'), gone('group-gone')], allowExtraDnsLabels: true }), 'expires'),
  key('partner', { key: 'E6612****', state: 'revoked', usedTimes: 0, expires: after(3 * DAY) }),
  without(key('The key that every van on the road of the warehouse in Lyon was given', { ...FIELD, key: '09FA3****', usedTimes: 0, usageLimit: 40, autoGroups: ['vans', 'phones', 'scanners', 'cameras'].map(group), autoGroupsCount: 12 }), 'lastUsed'),
  // NetBird was asked before it ended.
  key('night shift', { ...FIELD, key: 'B71D5****', expires: before(HOUR), usedTimes: 3 }),
  // A state that only a newer server knows.
  key('later', { ...FIELD, key: 'DD104****', state: 'locked_down', usedTimes: 2 }),
]
