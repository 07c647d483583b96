import type { Topology, TopologyEdge } from '@/api/types'

export const edge = (from: string, to: string, more: Partial<TopologyEdge> = {}): TopologyEdge => ({
  id: `${from}>${to}`,
  from,
  to,
  action: 'accept',
  bidirectional: false,
  enabled: true,
  protocol: 'tcp',
  ports: [],
  services: ['TCP 22, 443'],
  policyId: 'p',
  policyName: 'Policy',
  postureChecks: [],
  ...more,
})

const NONE = { groups: 0, peers: 0, networks: 0, resources: 0, routers: 0, routes: 0, edges: 0 }

/** For tests: laptops that reach servers, whose subnet is behind a router. */
export const topology = (more: Partial<Topology> = {}): Topology => ({
  accountId: 'acc',
  accountName: 'HQ',
  groups: [
    { id: 'group:laptops', name: 'laptops', peers: 3, online: 2, offline: 1, unconfirmed: 0, resources: 0 },
    { id: 'group:servers', name: 'servers', peers: 2, online: 0, offline: 2, unconfirmed: 0, resources: 1 },
    { id: 'group:empty', name: 'empty', peers: 0, online: 0, offline: 0, unconfirmed: 0, resources: 0 },
  ],
  peers: [{ id: 'peer:one', name: 'laptop-01', ip: '100.64.0.1', status: 'online', groups: ['group:laptops'] }],
  networks: [{ id: 'network:office', name: 'office' }],
  resources: [{ id: 'resource:subnet', network: 'network:office', name: 'subnet', type: 'subnet', address: '10.0.0.0/24', enabled: true, groups: ['group:servers'] }],
  routers: [{ id: 'router:hq', network: 'network:office', peerGroups: ['group:servers'], metric: 1, enabled: true }],
  routes: [{ id: 'route:old', name: 'old', destinations: ['172.16.0.0/12'], peerGroups: ['group:servers'], groups: ['group:laptops'], accessControlGroups: [], enabled: false }],
  edges: [edge('group:laptops', 'group:servers')],
  limits: { nodes: 500, edges: 3000 },
  omitted: NONE,
  unread: [],
  asOf: '2026-01-01T00:00:00Z',
  ...more,
})
