import { grouped, plural } from '@/lib/numbers'

export const texts = {
  accountPicker: {
    allAccounts: 'All accounts',
    label: ({ name }: { name: string }) => `Account: ${name}`,
    account: 'Account',
  },
  connectionBanner: '<strong>Not connected since {when}</strong><quiet>. What you see is from before then. This page reconnects by itself.</quiet>',
  footer: {
    platform: ({ version }: { version: string }) => `NetBird platform ${version}`,
    docs: 'Docs',
    api: 'API',
    apiDoesNotAnswer: 'API does not answer',
    apiWorks: 'API works',
    apiStatusUnknown: 'API status unknown',
  },
  page: {
    loading: 'Loading the page',
    this: 'this page',
    skip: 'Skip to content',
    overview: 'Overview',
    title: ({ page, open }: { page: string; open: number }) => (open > 0 ? `(${open}) ${page} · NetBird platform` : `${page} · NetBird platform`),
  },
  header: {
    openNavigation: 'Open navigation',
    search: 'Search or run a command',
  },
  liveMark: {
    since: ({ what, since, why }: { what: string; since: string; why: string }) => `${what} since ${since}. ${why}`,
  },
  sections: {
    network: 'Network',
    accessRouting: 'Access and routing',
    alerting: 'Alerting',
    workspace: 'Workspace',
  },
  counts: {
    open: ({ count }: { count: number }) => `${grouped(count)} open`,
    peers: ({ count }: { count: number }) => plural(count, 'peer'),
  },
  sidebar: {
    expand: 'Expand sidebar',
    label: 'Sidebar',
    collapse: 'Collapse sidebar',
    main: 'Main',
    collapseBriefly: 'Collapse',
  },
  sync: {
    firstSync: ({ done, total }: { done: number; total: number }) => `First sync ${done} of ${total}`,
    waiting: 'Waiting for sync',
    synced: ({ when }: { when: string }) => `Synced ${when}`,
    notConnected: 'Not connected',
    unknown: 'Sync unknown',
    label: ({ text }: { text: string }) => `Sync: ${text}`,
    several: ({ count }: { count: number }) => `${grouped(count)} accounts`,
    paused: ({ which }: { which: string }) => `${which} paused`,
    unreachable: ({ which }: { which: string }) => `${which} unreachable`,
  },
  tenantMenu: {
    accounts: ({ count }: { count: number }) => plural(count, 'account'),
    tenant: '<hidden>Tenant: </hidden>{name}',
  },
  userMenu: {
    label: '{initials}<hidden>: signed in as {name}</hidden>',
  },
  live: {
    cut: 'The live connection is down. This page asks for what is new every 30 s, and catches up once it is back.',
    busy: 'The server has no room for another live connection now. This page asks for what is new every 30 s, and tries again.',
    refused: 'The server refused live updates for this page. It asks for what is new every 30 s. Load it again to try once more.',
    lost: 'No updates',
    lostWhy: 'The server does not answer. This page reconnects by itself.',
    live: 'Live',
    liveWhy: 'Alerts and peers change here as soon as the platform knows.',
    polls: 'Updates every 30 s',
  },
  theme: {
    label: 'Theme',
    system: 'Follow the system',
    light: 'Light',
    dark: 'Dark',
  },
} as const
