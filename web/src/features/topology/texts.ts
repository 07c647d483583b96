import { byCount, grouped, listed, plural } from '@/lib/numbers'

interface Rule {
  from: string
  to: string
  services: readonly string[] | undefined
  checks: readonly string[]
  isOn: boolean
  unclear: string | undefined
}

/** What comes after who may reach whom: on what, if what holds, and whether that is so now. */
function withConditions(what: string, { services, checks, isOn, unclear }: Rule): string {
  const on = services === undefined ? what : `${what} on ${servicesWords(services)}`
  const held = checks.length === 0 ? on : byCount(checks.length, { one: `${on} if ${listed(checks)} holds`, other: `${on} if ${listed(checks)} hold` })
  const off = isOn ? held : `${held} (off)`
  return unclear === undefined ? off : `${off} (not clear: ${unclear})`
}

const servicesWords = (services: readonly string[]): string => (services.length === 0 ? 'nothing' : listed(services))

export const texts = {
  what: 'the topology',
  label: 'Topology',
  one: 'connection',
  drawing: 'the drawing',
  noWebGl: 'This browser does not draw with WebGL, or has it switched off. The table has the same.',
  empty: 'Nothing leads anywhere',
  whyEmpty: 'No policy, network or route says anything about the nodes that are shown.',
  states: {
    nothing: 'Nothing to draw yet',
    afterSync: 'Groups, networks and what the policies say between them appear here within minutes of the first sync.',
    loading: 'Loading the topology',
    groupGone: 'That group is gone',
    withoutGroup: 'Show the network without it',
    whyGroupGone: 'NetBird has no group of this id in the account that is shown.',
    tooLarge: 'Its rules, groups and peers are too many together to say who reaches what. The lists have all of them.',
    beingRead: 'Half of a network would give wrong answers, so it is shown after the next sync. This page looks again every 30 seconds.',
  },
  bar: {
    view: 'View',
    drawing: 'Drawing',
    table: 'Table',
    hideOffline: 'Hide offline',
    service: 'Only what is about',
    search: 'Search',
    filter: 'Filter the drawing',
    /** "120 nodes, 340 lines" */
    counts: ({ nodes, lines }: { nodes: number; lines: number }) => `${plural(nodes, 'node')}, ${plural(lines, 'line')}`,
    menu: 'Layout and export',
    layout: 'Layout',
    reach: 'By reach',
    groups: 'Peers by group',
    kinds: 'By kind',
    anew: 'Lay out anew',
    png: 'Save as PNG',
    svg: 'Save as SVG',
    saved: ({ type }: { type: string }) => `Saved the drawing as ${type}.`,
    layingOut: 'Laying out the network',
    noNode: 'No node matches.',
    clear: 'Clear filters',
  },
  find: {
    label: 'Find in the drawing',
    placeholder: 'Find by name or address',
    found: 'Found',
    none: 'Nothing that is shown has this name.',
  },
  canvas: {
    label: ({ account, nodes, lines }: { account: string; nodes: number; lines: number }) => `Drawing of ${account}: ${plural(nodes, 'node')}, ${plural(lines, 'line')}`,
    help: 'Arrow keys move it, plus and minus zoom, 0 shows all of it. The table has the same in words.',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Show all of it',
    more: ({ count }: { count: number }) => `and ${grouped(count)} more`,
  },
  legend: {
    title: 'Legend',
    eachOther: 'Reach each other',
    partOnline: 'Part of it online',
    unclear: 'Both, or not clear',
  },
  notes: {
    groups: ({ count }: { count: number }) => plural(count, 'group'),
    peers: ({ count }: { count: number }) => plural(count, 'peer'),
    networks: ({ count }: { count: number }) => plural(count, 'network'),
    resources: ({ count }: { count: number }) => plural(count, 'resource'),
    routers: ({ count }: { count: number }) => plural(count, 'router'),
    routes: ({ count }: { count: number }) => plural(count, 'route'),
    edges: ({ count }: { count: number }) => plural(count, 'connection'),
    omitted: ({ parts, nodes, edges }: { parts: readonly string[]; nodes: number; edges: number }) =>
      `Left out: ${listed(parts)}. At most ${grouped(nodes)} of a kind and ${grouped(edges)} connections are shown.`,
    unread: ({ lists }: { lists: readonly string[] }) => `Missing or older than the rest, as they could not be read: ${listed(lists)}.`,
  },
  panel: {
    about: ({ title }: { title: string }) => `About ${title}`,
    close: 'Close',
    pages: {
      peer: 'Peer’s page',
      group: 'Group’s page',
      network: 'Network’s page',
      route: 'Route’s page',
    },
    peers: 'Peers',
    peerCount: ({ count }: { count: number }) => plural(count, 'peer'),
    resources: 'Resources',
    status: 'Status',
    state: 'State',
    ip: 'IP',
    groups: 'Groups',
    address: 'Address',
    what: 'What',
    policy: ({ policy }: { policy: string }) => `Policy: ${policy}`,
    goTo: ({ name }: { name: string }) => `Go to ${name}`,
    more: ({ count }: { count: number }) => byCount(count, { one: `${grouped(count)} more is in the table.`, other: `${grouped(count)} more are in the table.` }),
    hidePeers: 'Hide its peers',
    showPeers: ({ count }: { count: number }) => `Show its ${plural(count, 'peer')}`,
    from: 'From it',
    to: 'To it',
    inNetwork: 'In the network',
    noPolicy: 'No policy that is shown is about it.',
    pair: ({ one, other }: { one: string; other: string }) => `${one} and ${other}`,
    between: 'Between them',
  },
  table: {
    from: 'From',
    what: 'What',
    to: 'To',
    /** What stands there hangs on the room: what it does, to whom, and of what kind that is. */
    toCell: '<says>{what} </says><name>{to}</name><kind>, {toKind}</kind>',
    on: 'On',
    policy: 'Policy',
    state: 'State',
    sentence: 'Sentence',
    fromKind: 'Kind of from',
    fromStatus: 'Status of from',
    toKind: 'Kind of to',
    toStatus: 'Status of to',
    checks: 'Posture checks',
    fromId: 'Id of from',
    toId: 'Id of to',
    kind: 'Kind',
    peerStatus: 'Status of peers',
    does: 'What it does',
    service: 'Service',
    openedGroup: 'Opened group',
    searches: 'Name, service, policy',
    isOn: 'On',
    isOff: 'Off',
    notClear: 'Not clear',
    says: {
      allows: 'Allows',
      drops: 'Drops',
      other: 'Something else',
      part: 'Part of the network',
    },
  },
  kinds: {
    group: { one: 'Group', many: 'Groups' },
    peer: { one: 'Peer', many: 'Peers' },
    network: { one: 'Network', many: 'Networks' },
    resource: { one: 'Resource', many: 'Resources' },
    router: { one: 'Router', many: 'Routers' },
    route: { one: 'Route', many: 'Routes' },
  },
  conditions: {
    online: 'Online',
    some: 'Some online',
    offline: 'Offline',
    unconfirmed: 'Unconfirmed',
    on: 'On',
    off: 'Off',
    none: '',
  },
  nodes: {
    noPeers: 'no peers',
    allOnline: ({ all }: { all: number }) => `${plural(all, 'peer')}, all online`,
    noneOnline: ({ all }: { all: number }) => `${plural(all, 'peer')}, none online`,
    someOnline: ({ all, online }: { all: number; online: number }) => `${plural(all, 'peer')}, ${grouped(online)} online`,
    withResources: ({ peers, resources }: { peers: string; resources: number }) => `${peers}, ${plural(resources, 'resource')}`,
    network: 'a network behind routers',
    through: ({ peer }: { peer: string }) => `through ${peer}`,
    throughGroups: ({ groups }: { groups: readonly string[] }) => `through peers of ${listed(groups)}`,
    throughNobody: 'through nobody that is known',
    peersOf: ({ groups }: { groups: readonly string[] }) => `peers of ${listed(groups)}`,
    goneRouter: 'a router that is gone',
    route: ({ destinations, through }: { destinations: readonly string[]; through: string }) => (destinations.length === 0 ? through : `${listed(destinations)} ${through}`),
  },
  /** How the network’s own parts stand to each other. */
  verbs: {
    isIn: 'is in',
    routesFor: 'routes for',
    isRouter: 'is the router',
    hasRouters: 'has the routers',
    hasRoutersOf: 'has the routers of',
    gets: 'gets',
    guards: 'guards',
  },
  part: ({ from, verb, to, isOn }: { from: string; verb: string; to: string; isOn: boolean }) => (isOn ? `${from} ${verb} ${to}` : `${from} ${verb} ${to} (off)`),
  services: servicesWords,
  servicesNotClear: 'not clear',
  everything: 'everything',
  mayReach: 'may reach',
  mayReachBack: 'may reach, and back',
  mayNotReach: 'may not reach',
  /** Whole rules: of a group among its own, both ways, and one way. */
  allowsWithin: (rule: Rule) => withConditions(`Peers of ${rule.from} may reach each other`, rule),
  allowsBoth: (rule: Rule) => withConditions(`${rule.from} and ${rule.to} may reach each other`, rule),
  allows: (rule: Rule) => withConditions(`${rule.from} may reach ${rule.to}`, rule),
  dropsWithin: (rule: Rule) => withConditions(`Peers of ${rule.from} may not reach each other`, rule),
  dropsBoth: (rule: Rule) => withConditions(`${rule.from} and ${rule.to} may not reach each other`, rule),
  drops: (rule: Rule) => withConditions(`${rule.from} may not reach ${rule.to}`, rule),
  /** Of what only a newer NetBird says, by its own word. */
  otherWithin: (rule: Rule & { action: string }) => withConditions(`Peers of ${rule.from} “${rule.action}” reach each other`, rule),
  otherBoth: (rule: Rule & { action: string }) => withConditions(`${rule.from} and ${rule.to} “${rule.action}” reach each other`, rule),
  other: (rule: Rule & { action: string }) => withConditions(`${rule.from} “${rule.action}” reach ${rule.to}`, rule),
} as const
