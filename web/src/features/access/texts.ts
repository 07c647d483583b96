import { byCount, grouped, plural } from '@/lib/numbers'

/** "4 of 12 pairs" */
const ofPairs = ({ count, pairs }: { count: number; pairs: number }) => `${grouped(count)} of ${plural(pairs, 'pair')}`

interface Reaching {
  reaching: number
  sources: number
  /** What the sources are called; undefined of every peer. */
  from: string | undefined
  /** Whether a single thing is reached. */
  isOne: boolean
  perhaps: number
}

export const texts = {
  what: 'who can reach what',
  nothingToAsk: 'Nothing to ask about yet',
  connect: 'Connect a NetBird account to ask who reaches what.',
  asking: 'Asking',
  accounts: 'the accounts',
  askElse: 'Ask something else',
  openedSince: 'What opened since',
  question: {
    label: 'Question',
    from: 'From',
    fromPlaceholder: 'a group, peer, user or everybody',
    turn: 'The other way round',
    to: 'to',
    toPlaceholder: 'a name, domain or address',
    /** "laptops → servers on TCP 443": `on` is one of `onWhat`. */
    inShort: ({ from, to, on }: { from: string; to: string; on: string }) => (on === '' ? `${from} → ${to}` : `${from} → ${to} ${on}`),
    /** "on TCP 443", "on port 53" */
    onWhat: ({ protocol, port }: { protocol: string; port: number | undefined }) => (port === undefined ? `on ${protocol}` : `on ${protocol || 'port'} ${port}`),
  },
  answer: {
    label: 'Answer',
    ofPairs,
    nothing: 'nothing',
    pairs: ({ count }: { count: number }) => plural(count, 'pair'),
    parts: {
      allowed: ({ count }: { count: number }) => `${grouped(count)} allowed`,
      denied: ({ count }: { count: number }) => `${grouped(count)} denied`,
      unknown: ({ count }: { count: number }) => `${grouped(count)} not known`,
    },
    whoReaches: 'Who reaches',
    reaching: ({ reaching, sources, from, isOne, perhaps }: Reaching) => {
      const peers = from === undefined ? plural(sources, 'peer') : `${plural(sources, 'peer')} of ${from}`
      const sure = isOne ? `${grouped(reaching)} of ${peers} for sure` : `${grouped(reaching)} of ${peers} reach one or more for sure`
      return perhaps === 0 ? sure : `${sure}, ${grouped(perhaps)} more perhaps`
    },
    neverRead: ({ account }: { account: string }) => `${account} was never read in full`,
    asOf: '{account}, as of {ago}',
    unread: ({ lists }: { lists: string }) => `Missing or old, as the last try to read them failed: ${lists}. The answer goes by what there is.`,
    open: 'Open for sure',
    mayBeOpen: 'May be open',
    again: 'Check again',
    copy: 'Copy link',
    copied: 'Copied the link to this question.',
    notCopied: 'The browser did not let the link be copied. It is in the address bar.',
    csv: 'CSV of all pairs',
    watch: 'Watch this',
  },
  reasons: {
    title: 'Why',
    note: 'what decides comes first',
    none: 'No reason was given.',
    decides: 'decides',
    peers: ({ count }: { count: number }) => plural(count, 'peer'),
    /** `rule` counts from 1. */
    policy: ({ policy, rule }: { policy: string; rule: number | undefined }) => (rule === undefined ? `Policy ${policy}` : `Policy ${policy}, rule ${rule}`),
    omitted: ({ count }: { count: number }) => byCount(count, { one: `and ${grouped(count)} further reason that is not listed`, other: `and ${grouped(count)} further reasons that are not listed` }),
  },
  ways: {
    title: 'What leads there',
    note: 'which of them a client takes is up to the client',
    ask: 'Ask about this alone',
    askAbout: ({ name }: { name: string }) => `Ask about this alone: ${name}`,
    omitted: ({ count }: { count: number }) => byCount(count, { one: `and ${grouped(count)} other way that is not listed`, other: `and ${grouped(count)} other ways that are not listed` }),
  },
  toChange: {
    title: 'What would have to change',
    toAllow: 'to let it through',
    toDeny: 'to keep it out',
    toKnow: 'to know',
    try: 'Try it',
    tryThis: ({ sentence }: { sentence: string }) => `Try it: ${sentence}`,
  },
  failure: {
    what: 'the answer',
    /** Each as it stands in the middle of a sentence. */
    goneFrom: ({ kind, id }: { kind: string; id: string }) => `the ${kind} that you ask from (${id})`,
    goneTo: ({ kind, id }: { kind: string; id: string }) => `the ${kind} to be reached (${id})`,
    goneFromKind: ({ kind }: { kind: string }) => `the ${kind} that you ask from`,
    goneToKind: ({ kind }: { kind: string }) => `the ${kind} to be reached`,
    oneIsGone: 'one of the two',
    accountIsGone: 'this account',
    gone: ({ what }: { what: string }) => `${what} is no longer there`,
    whyAccount: 'It was disconnected, or it belongs to another tenant.',
    whyEnd: 'It was removed from its network since the link was made. Choose another above.',
    tooLarge: 'This network is too large to be judged',
    whyTooLarge: 'It has too many rules, groups and peers to be judged together, so no answer would be reliable. Policies that name fewer groups make it smaller.',
    stillReading: 'The network is still being read anew',
    askAgain: 'Ask again',
    askAfterSync: 'An answer from half of a network would be wrong. It was asked for several times; ask again after the next sync.',
    reading: 'The network is being read anew',
    /** `every` is how long it waits: "15 s". */
    asksItself: ({ every }: { every: string | undefined }) =>
      every === undefined
        ? 'An answer from half of a network would be wrong. This page asks again by itself until it can be answered, a few times.'
        : `An answer from half of a network would be wrong. This page asks again by itself every ${every} until it can be answered, a few times.`,
  },
  starts: {
    before: 'Asked before',
    inTab: 'in this tab',
    what: 'what can be asked about',
    it: 'it',
    everyPeer: 'every peer',
    afterSync: 'Groups and peers appear within minutes of the first sync. Then you can ask who reaches what.',
    example: 'For example',
    chooseOther: 'or choose the other side above',
    chooseBoth: 'or choose both sides above',
    basis: 'Answers go by policies, posture checks, networks and routes as of the last sync. What NetBird does not show is said to be unknown.',
    reach: ({ from, to }: { from: string; to: string }) => `Can ${from} reach ${to}?`,
    reachEachOther: ({ group }: { group: string }) => `Can the peers of ${group} reach each other?`,
    logIn: ({ from, to }: { from: string; to: string }) => `Can ${from} log in to ${to} by SSH (TCP 22)?`,
    logInToEachOther: ({ group }: { group: string }) => `Can the peers of ${group} log in to each other by SSH (TCP 22)?`,
    ping: ({ from, to }: { from: string; to: string }) => `Can ${from} ping ${to}?`,
  },
  verdicts: {
    allowed: 'Allowed',
    some: 'Allowed for some',
    denied: 'Denied',
    unknown: 'Not known',
  },
  reasonKinds: {
    allows: 'Allows',
    forbids: 'Forbids',
    'posture-fails': 'Posture check fails',
    'posture-unknown': 'Posture check not known',
    'rule-unknown': 'Rule not understood',
    disabled: 'Switched off',
    'other-service': 'Other protocol or port',
    'awaits-approval': 'Awaits approval',
    'login-expired': 'Login expired',
    'target-off': 'Target is off',
    'no-router': 'No router',
    'routes-itself': 'Routes by itself',
    'no-route': 'No route',
    'open-route': 'Open route',
    'other-way': 'Another way',
    'nothing-leads': 'Nothing leads there',
    'not-resolved': 'Name not known here',
    unread: 'Could not be read',
    'no-policy': 'No policy',
    nobody: 'Nobody there',
    away: 'Not online',
  },
} as const
