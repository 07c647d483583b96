export const texts = {
  onWhat: {
    anyProtocol: 'any protocol',
    port: 'port',
    none: 'none',
    any: 'any',
    on: 'on',
    protocol: 'Protocol',
    wrong: '0 to 65535',
  },
  dateRangeFields: {
    otherDays: 'Other days',
    wrongOrder: 'The last day is before the first.',
    chooseDay: 'Choose a day.',
    from: 'From',
    to: 'To',
    show: 'Show these days',
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
  zoneField: {
    label: 'Time zone',
  },
  matcherFields: {
    severities: 'Severities',
    rules: 'Rules',
    deletedRule: 'A deleted rule',
    accounts: 'Accounts',
    removedAccount: 'A removed account',
  },
  copyAddress: {
    copied: ({ what }: { what: string }) => `Copied the link to ${what}.`,
  },
  useCsvFile: {
    saved: 'The file was saved.',
  },
} as const
