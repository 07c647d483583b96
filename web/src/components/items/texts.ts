import { byCount, grouped, plural } from '@/lib/numbers'

export const texts = {
  firstOf: {
    first: ({ count }: { count: number }) => `Show the first ${grouped(count)}`,
    all: ({ count, one, many }: { count: number; one: string; many: string | undefined }) => `Show all ${plural(count, one, many)}`,
  },
  changes: {
    title: 'Changes',
    all: 'All changes',
    what: 'the changes',
    none: 'No change of it is on record.',
  },
  usedBy: {
    title: 'Used by',
    noneKnown: 'Nothing names it in what could be read.',
    none: 'Nothing names it.',
    dnsSettings: 'DNS settings of the account',
    router: ({ name }: { name: string }) => `Router of ${name}`,
    off: 'Off',
    resource: '{name}<quiet> in {network}</quiet>',
    omitted: ({ count }: { count: number }) => byCount(count, { one: `and ${grouped(count)} further use that is not listed`, other: `and ${grouped(count)} further uses that are not listed` }),
    unread: ({ lists }: { lists: string }) => `${lists} could not be read: what names it there is not known.`,
  },
  page: {
    moreRefs: ({ count }: { count: number }) => `and ${grouped(count)} more`,
    neverRead: ' · never read in full',
    gone: 'It was removed from its network, or it belongs to another tenant.',
    beingRead: 'For a moment nothing can be told of it: it is back after the next sync.',
    the: ({ one }: { one: string }) => `the ${one}`,
    details: 'Details',
    account: 'Account',
    netbirdsId: 'NetBird’s id',
    asJson: ({ one }: { one: string }) => `${one} as JSON`,
  },
  /** In which places of a user a group itself stands. */
  around: {
    member: 'in {group}, too',
    'access-control': 'policies name {group} for what is behind the route',
    'auto-group': 'puts peers into {group}',
  },
  asMember: '{as}, as a member of {group}',
} as const
