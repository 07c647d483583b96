import { grouped, plural } from '@/lib/numbers'

const forPart = (share: number): string => (share === 0 ? 'for less than 1 %' : `for ${share} %`)

export const texts = {
  figures: {
    inAccounts: ({ count }: { count: number }) => `in ${plural(count, 'account')}`,
    peersOnline: 'Peers online',
    unconfirmed: ({ count }: { count: number }) => `${grouped(count)} unconfirmed`,
    lastDay: 'in the last 24 h',
    offline: 'Offline',
    allConnected: 'every peer is connected',
    whichSince: 'which, since when',
    usersActive: 'Users active',
    maySignIn: 'may sign in',
    groups: 'Groups',
    policies: 'Policies',
    notKnownYet: 'not known yet',
    unknown: 'unknown',
  },
  step: {
    done: '{title} <quiet>· done</quiet>',
  },
  firstSteps: {
    title: 'Three steps to a watched network',
  },
  healthLooks: {
    up: 'every peer online',
    down: 'some offline',
    failed: 'not reachable',
    unknown: 'nothing known',
  },
  healthStrip: {
    label: ({ name, health }: { name: string; health: string }) => `${name}, the last 24 h: ${health}. All metrics`,
  },
  latestEvents: {
    title: 'Latest events',
    allEvents: 'All events',
    none: 'NetBird has recorded none yet.',
  },
  alertRow: {
    notified: 'Rule “{rule}” · since {when} ({lasting}) · notified {told}',
    nobodyYet: 'nobody yet',
    acknowledgeThis: ({ title }: { title: string }) => `Acknowledge: ${title}`,
    acknowledge: 'Acknowledge',
    resolveThis: ({ title }: { title: string }) => `Resolve: ${title}`,
    resolve: 'Resolve',
    since: 'Rule “{rule}” · since {when} ({lasting})',
    acknowledgedBy: '{name}, {when}',
  },
  quiet: {
    noRules: 'No rule watches this network yet, so nobody is alerted when something goes wrong.',
    createRules: 'Create the first rules',
    sinceLast: 'No alert is open <quiet>· the last one ended {when}</quiet>',
    never: 'No alert is open <quiet>· there has been none yet</quiet>',
  },
  needsAttention: {
    title: 'Needs attention',
    open: ({ count }: { count: number }) => `${grouped(count)} open`,
    acknowledged: ({ count }: { count: number }) => `${grouped(count)} acknowledged`,
    allAlerts: 'All alerts',
    more: ({ count }: { count: number }) => `${grouped(count)} more`,
  },
  parts: {
    online: 'online',
    unconfirmed: 'unconfirmed',
    offline: 'offline',
  },
  peersByAccount: {
    notKnownYet: 'not known yet',
    title: 'Peers by account',
    online: '{count}<hidden> peers of {name} online</hidden>',
    told: ({ online, unconfirmed, offline }: { online: number; unconfirmed: number; offline: number }) => `${grouped(online)} online, ${grouped(unconfirmed)} unconfirmed, ${grouped(offline)} offline`,
    ofAccount: ({ name, told }: { name: string; told: string }) => `${name}: ${told}`,
  },
  peersOverTime: {
    title: 'Peers over time',
    time: 'Time',
    what: 'the peers over time',
    chart: 'Peers online and offline',
    none: 'Nothing is known of this time yet. Each sync adds to it.',
    all: 'All series, finer and as a table',
  },
  systemHealth: {
    never: 'never',
    title: 'System health',
    note: 'now, and in the last 24 h',
    accounts: 'Accounts',
    account: 'Account',
    netbirdApi: 'NetBird API',
    lastSync: 'Last sync',
    errorsInFull: 'Failed syncs in a row',
    errors: 'Errors',
    none: 'No account is connected.',
    netbirdCloud: 'NetBird Cloud',
  },
  trends: {
    title: 'Trends',
    what: 'the trends',
    uptime: 'Uptime, 24 h',
    uptimeInFull: 'The part of the last 24 hours that peers were online',
    growth: 'Peers, 7 d',
    growthInFull: 'By how much the number of peers grew in a week',
  },
  cell: {
    failed: ({ minutes }: { minutes: number }) => `reading failed in ${plural(minutes, 'minute')}`,
    offline: ({ count }: { count: number }) => `${plural(count, 'peer')} offline at most`,
    noneOffline: 'no peer offline',
    during: ({ from, to, parts }: { from: string; to: string; parts: readonly string[] }) => `${from} – ${to}: ${parts.length > 0 ? parts.join(', ') : 'nothing known'}`,
  },
  /** How an account was for a part of the time; `share` in percent, rounded. */
  health: {
    up: ({ share }: { share: number }) => `every peer online ${forPart(share)}`,
    down: ({ share }: { share: number }) => `some peers offline ${forPart(share)}`,
    failed: ({ share }: { share: number }) => `reading failed ${forPart(share)}`,
    unknown: ({ share }: { share: number }) => `nothing known ${forPart(share)}`,
  },
  connect: {
    title: 'Connect a NetBird account',
    action: 'Connect',
    about: 'NetBird Cloud or your own server, with a read-only token.',
    notYou: 'An owner or admin of this tenant does this.',
  },
  sync: {
    title: 'Let the first sync finish',
    about: 'Peers, groups, users and policies appear within a minute and stay up to date.',
  },
  rules: {
    title: 'Create the first rules',
    action: 'Choose rules',
    about: 'Choose when to be alerted, and where: by email or webhook, in Slack, Microsoft Teams or Discord.',
  },
  page: {
    history: 'the history',
    what: 'the overview',
  },
} as const
