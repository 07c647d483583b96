export const texts = {
  askedAccount: {
    in: 'In',
    gone: 'an account that is gone',
  },
  syncButton: {
    tooSoon: ({ name }: { name: string }) => `${name} was synced a moment ago.`,
    started: ({ name }: { name: string }) => `Sync of ${name} started.`,
    waits: ({ wait }: { wait: string }) => `Again in ${wait}`,
    again: 'Sync again',
    now: 'Sync now',
  },
  wholeNetwork: {
    oldest: 'Oldest account',
    choice: ({ name }: { name: string }) => `Account shown: ${name}`,
    choiceLabel: 'Account shown',
    tooLarge: 'This network is too large to be judged as a whole',
    policies: 'Policies',
    networks: 'Networks',
    groups: 'Groups',
    beingRead: 'The network is being read anew',
    tryAgain: 'Try again',
  },
  changeLine: {
    by: '{when} by {who}',
    byNobodyKnown: '{when}, by whom is not known',
  },
  accessMenu: {
    whoReaches: 'Who can reach this',
    whatItReaches: 'What this reaches',
    label: ({ name }: { name: string }) => `Who reaches what: ${name}`,
    try: 'Try a change',
  },
} as const
