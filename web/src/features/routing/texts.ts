import { byCount, grouped, plural } from '@/lib/numbers'

export const texts = {
  edit: {
    action: 'Save changes',
    failed: 'The route was not changed',
    routeWasChanged: ({ name }: { name: string }) => `Route “${name}” was changed.`,
  },
  newRoutePage: {
    action: 'Create route',
    failed: 'The route was not created',
    routeWasCreated: ({ name }: { name: string }) => `Route “${name}” was created.`,
  },
  groups: {
    matchByGroupsToo: 'To match by groups, too, choose one account.',
    groups: 'Groups',
    groupsHint: 'Alerts of rules that watch one of these groups, or about a peer in one.',
    groupsPlaceholder: 'Search groups',
  },
  which: {
    title: 'Which alerts',
    note: 'all that is chosen must match',
    whereNothingChosenAnything: 'Where nothing is chosen, anything matches.',
  },
  whom: {
    title: 'Tells',
    besideChannelsRuleEach: 'Beside the channels of the rule; each is told once, however many name it.',
  },
  routeForm: {
    title: 'In one sentence',
    aboutRoute: 'About the route',
    name: 'Name',
    namePlaceholder: 'Critical alerts to the duty officers',
    switchedOn: 'Switched on',
    correct: ({ wrong }: { wrong: number }) => `${plural(wrong, 'field')} to correct`,
  },
  actions: {
    description: 'Alerts that fire from now on are told by their rules and by other routes. Whoever was told by it hears when that is over.',
  },
  told: {
    title: 'Tells',
    channelsTells: 'Channels that it tells',
    channel: 'A channel',
    off: 'Off',
    namesChannelsCouldNot: 'The names of the channels could not be loaded.',
  },
  detail: {
    title: 'What it does',
    changed: ', changed {when}',
    created: 'Created {when}',
  },
  routePage: {
    routesAlerts: 'routes of alerts',
  },
  states: {
    on: 'On',
    off: 'Off',
  },
  routeSwitch: {
    on: ({ name }: { name: string }) => `“${name}” is on.`,
    offTellsNobody: ({ name }: { name: string }) => `“${name}” is off: it tells nobody.`,
    use: ({ name }: { name: string }) => `Use: ${name}`,
  },
  definition: {
    routing: 'Routing',
    route: 'route',
    state: 'State',
    whatDoes: 'What it does',
    severity: 'Severity',
    nameRuleChannel: 'Name, rule, channel',
  },
  routes: {
    title: 'No route yet',
    ruleTellsItsOwn: 'A rule tells its own channels. A route tells further ones of whatever alerts it matches: all critical ones, or those of one account.',
  },
  routesPage: {
    routesAlerts: 'routes of alerts',
  },
  validate: {
    nameRoute: 'Name the route.',
    chooseAtLeastOne: 'Choose at least one channel.',
    atMostChannels: ({ channels }: { channels: number }) => `At most ${channels} channels.`,
  },
  first: {
    more: ({ names }: { names: number }) => `${grouped(names)} more`,
  },
  matchersWords: {
    allAlerts: 'All alerts',
    alerts: 'Alerts',
    alertsOf: ({ severities }: { severities: string }) => `${severities} alerts`,
    ofRules: ({ named }: { named: string }) => ` of ${named}`,
    inAccounts: ({ named }: { named: string }) => ` in ${named}`,
    about: ({ groups, named }: { groups: number; named: string }) => byCount(groups, { one: `, if they are about the group ${named}`, other: `, if they are about one of the groups ${named}` }),
  },
  routeSentence: {
    alsoTell: ({ what, told }: { what: string; told: string }) => `${what} also tell ${told}`,
    alsoTellIfAbout: ({ what, told }: { what: string; told: string }) => `${what}, also tell ${told}`,
  },
  useRouteNames: {
    deletedRule: 'a deleted rule',
    removedAccount: 'a removed account',
    deletedChannel: 'a deleted channel',
  },
  useGroupsOfRoute: {
    gone: ({ id }: { id: string }) => `${id} (gone)`,
  },
} as const
