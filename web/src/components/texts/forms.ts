import { grouped, plural } from '@/lib/numbers'

export const texts = {
  chips: {
    remove: ({ word }: { word: string }) => `Remove ${word}`,
  },
  choices: {
    search: ({ title }: { title: string }) => `Search ${title}`,
    placeholder: 'Search',
    noneMatches: 'None matches.',
  },
  confirmDialog: {
    cancel: 'Cancel',
  },
  copyAddress: {
    copied: ({ what }: { what: string }) => `Copied the link to ${what}.`,
  },
  dateRangeFields: {
    otherDays: 'Other days',
    wrongOrder: 'The last day is before the first.',
    chooseDay: 'Choose a day.',
    from: 'From',
    to: 'To',
    show: 'Show these days',
  },
  filterChip: {
    remove: ({ label, value }: { label: string; value: string }) => `Remove filter ${label}: ${value}`,
  },
  groupPicker: {
    placeholder: 'servers, routers',
    label: 'Search groups',
    noFurther: 'No further group of this name',
    none: ({ text }: { text: string }) => `No group is called “${text}”.`,
    countIn: ({ count, account }: { count: number; account: string }) => `${grouped(count)} in ${account}`,
    peers: ({ count }: { count: number }) => plural(count, 'peer'),
    peersIn: ({ count, account }: { count: number; account: string }) => `${plural(count, 'peer')} in ${account}`,
  },
  leaveTenantDialog: {
    left: ({ tenant, next }: { tenant: string; next: string }) => `You left ${tenant}. You are in ${next} now.`,
    title: ({ tenant }: { tenant: string }) => `Leave ${tenant}?`,
    failed: ({ tenant }: { tenant: string }) => `You are still in ${tenant}`,
    stay: 'Stay',
    action: ({ tenant }: { tenant: string }) => `Leave ${tenant}`,
  },
  matcherFields: {
    severities: 'Severities',
    rules: 'Rules',
    deletedRule: 'A deleted rule',
    accounts: 'Accounts',
    removedAccount: 'A removed account',
  },
  onWhat: {
    anyProtocol: 'any protocol',
    port: 'port',
    none: 'none',
    any: 'any',
    on: 'on',
    protocol: 'Protocol',
    wrong: '0 to 65535',
  },
  onceDialog: {
    done: 'I have stored it',
  },
  pauseFields: {
    untilTime: 'Until a time …',
    for: 'For',
    until: 'Until',
    hour: '1 hour',
    hours4: '4 hours',
    hours8: '8 hours',
    day: '1 day',
    days3: '3 days',
    week: '1 week',
    days30: '30 days',
  },
  proofFields: {
    code: 'Code',
    codeHint: 'From your authenticator app, or a recovery code.',
    password: 'Your password',
  },
  searchInput: {
    clear: 'Clear search',
  },
  useCsvFile: {
    saved: 'The file was saved.',
  },
  zoneField: {
    label: 'Time zone',
  },
  leaving: {
    means: ({ rest }: { rest: string }) => `Your access ends at once and your API tokens for it are revoked. What you made stays. ${rest}`,
    ssoAgain: 'Signing in with single sign-on may bring you back.',
    ifOnly: 'If it is your only tenant, your account is deleted too.',
    only: 'It is your only tenant, so your account is deleted too.',
    stayInOne: ({ name }: { name: string }) => `You stay in ${name}. Only somebody in this one can bring you back.`,
    stayInSeveral: ({ count }: { count: number }) => `You stay in your ${plural(count, 'other tenant')}. Only somebody in this one can bring you back.`,
  },
} as const
