export const texts = {
  accountBanners: {
    notKnown: 'The list of NetBird accounts could not be loaded, so it is not known whether they can be read.',
    unreadable: 'Account cannot be read',
    degraded: 'Account is degraded',
    peersAsOf: 'Its peers are shown as of {when}.',
    nothingKnown: 'Nothing is known about its peers yet.',
    settings: 'Account settings',
    title: ({ account, what }: { account: string; what: string }) => `${account}: ${what}`,
    titlePaused: ({ account, what }: { account: string; what: string }) => `${account}: ${what}, syncing is paused`,
    firstSync: 'First sync of {account}: {done} of {total} parts read. What is not read yet is missing below.',
    firstSyncSoon: 'First sync of {account} starts soon. What is not read yet is missing below.',
  },
  dataAge: {
    unknown: 'age unknown',
    asOf: 'as of {when}',
  },
  eventSentence: {
    by: ({ sentence, actor }: { sentence: string; actor: string }) => `${sentence}, by ${actor}`,
    byActor: ', by {actor}',
    seen: ' ({when})',
  },
} as const
