import { byCount, grouped, listed, plural } from '@/lib/numbers'

interface Reached {
  peerCount: number
  unknownCount: number
  ruleCount: number
  isReachedByAnybody: boolean
}

/** "12 peers reach it by 3 rules, 2 more may" */
function reach({ peerCount, unknownCount, ruleCount, isReachedByAnybody }: Reached): string {
  if (peerCount === 0) return unknownCount === 0 ? 'Nobody reaches it' : `Nobody reaches it for sure, ${grouped(unknownCount)} may`
  const rules = plural(ruleCount, 'rule')
  const who = isReachedByAnybody
    ? `Everybody, ${plural(peerCount, 'peer')}, reaches it by ${rules}`
    : byCount(peerCount, { one: `${grouped(peerCount)} peer reaches it by ${rules}`, other: `${grouped(peerCount)} peers reach it by ${rules}` })
  return unknownCount === 0 ? who : `${who}, ${grouped(unknownCount)} more may`
}

interface Signed {
  subjectCount: number
  signedCount: number
  changeNeededCount: number
}

/** "2 of 3 signed, 1 needs a change" */
function signed({ subjectCount, signedCount, changeNeededCount }: Signed): string {
  const head = `${grouped(signedCount)} of ${grouped(subjectCount)} signed`
  if (changeNeededCount === 0) return head
  return byCount(changeNeededCount, { one: `${head}, ${grouped(changeNeededCount)} needs a change`, other: `${head}, ${grouped(changeNeededCount)} need a change` })
}

/** "3 of 12, perhaps 2" */
const targets = ({ reached, perhaps, targets }: { reached: number; perhaps: number; targets: number }): string =>
  perhaps === 0 ? `${grouped(reached)} of ${grouped(targets)}` : `${grouped(reached)} of ${grouped(targets)}, perhaps ${grouped(perhaps)}`

/** What is said of a row without names and times. */
const row = {
  sure: 'for sure',
  perhaps: 'perhaps',
  targets,
  /** "TCP 22, 443; perhaps ICMP" */
  services: ({ sure, perhaps }: { sure: readonly string[]; perhaps: readonly string[] }) => {
    if (perhaps.length === 0) return sure.join(', ')
    return sure.length === 0 ? `perhaps ${perhaps.join(', ')}` : `${sure.join(', ')}; perhaps ${perhaps.join(', ')}`
  },
  /** "Laptops to servers, rule 1" */
  rule: ({ policy, rule }: { policy: string; rule: number }) => `${policy}, rule ${rule}`,
  ruleFrom: ({ rule, groups }: { rule: string; groups: readonly string[] }) => `${rule} from ${groups.join(', ')}`,
  noRule: 'no rule of a policy',
  changed: '{ago} by {by}',
  somebody: 'somebody not known',
  notSince: 'not since watched',
  /** Below the name, on a phone. */
  byNoRule: 'By no rule of a policy',
  byRules: 'By {rules}, {changed}',
} as const

export const texts = {
  what: 'access reviews',
  theReview: 'the access review',
  noSuch: 'access review',
  whyNoSuch: 'It was deleted, or is of another tenant.',
  accounts: 'the accounts',
  reach,
  signed,
  row,
  list: {
    label: 'Access reviews',
    one: 'access review',
    name: 'Name',
    status: 'Status',
    signOff: 'Sign-off',
    rows: 'Rows',
    account: 'Account',
    by: 'By',
    created: 'Created',
    subjects: 'Subjects',
    subjectCount: ({ count }: { count: number }) => plural(count, 'subject'),
    sha256: 'SHA-256',
    searches: 'Name, who made it',
    new: 'New review',
    empty: 'No access review yet',
    whyEmpty: 'A review writes down who can reach sensitive groups and resources, by which rule, and when that was last changed and by whom: to be looked at, signed, and kept as evidence.',
  },
  form: {
    giveName: 'Give it a name.',
    choose: 'Choose a group or a resource.',
    tooMany: ({ most }: { most: number }) => `At most ${grouped(most)}. Make a second review for the others.`,
    created: ({ name }: { name: string }) => `“${name}” was created.`,
    saved: ({ name }: { name: string }) => `“${name}” is saved.`,
    notCreated: 'The review was not created',
    nameExample: 'Databases, fourth quarter',
    groups: 'Groups',
    groupsHint: 'Who can reach their peers.',
    searchGroups: 'Search groups',
    resources: 'Network resources',
    searchResources: 'Search resources',
    note: 'Note',
    noteHint: 'What it is for, and who should look at it.',
    create: 'Create review',
    cancel: 'Cancel',
    nothingToReview: 'Nothing to review yet',
    connect: 'Connect a NetBird account to write down who can reach what.',
    title: 'What to write down',
    about: 'Who can reach these groups and resources now, by which rule, and when that was last changed and by whom. What is written down stays as it is, also when the network changes.',
    edit: ({ name }: { name: string }) => `Edit “${name}”`,
    editAbout: 'Who reaches what stays as it is written down. Once anybody has signed, name and note stay, too.',
    notSaved: 'The review was not saved',
    saveChanges: 'Save changes',
  },
  page: {
    made: '{account}, created by {by} {ago}; {signed}',
    same: 'The network still gives the same answer',
    different: 'The network differs from what is written down here',
    differentSigned: 'The network differs from what was signed',
    gone: 'It cannot be compared with the network as it is now',
    unknown: 'Whether the network is still so is not known',
    compared: 'Compared with the network as of {ago}.',
    openedSince: 'What opened since',
    notAllKnown: 'Not everything was known when it was written down',
    unread: ({ lists }: { lists: readonly string[] }) => `Missing or old, as the last try to read them had failed: ${listed(lists)}.`,
    watched: 'Rules without a last change were not changed since {since}. SHA-256 of all rows: {digest}',
    digest: 'digest',
    saved: 'The review was saved.',
  },
  rows: {
    label: 'Who reaches what',
    one: 'row',
    peer: 'Peer',
    reaches: 'Reaches',
    on: 'On',
    known: 'Known',
    sure: 'For sure',
    perhaps: 'Perhaps',
    rule: 'By rule',
    changed: 'Rule last changed',
    targets: 'Of its peers',
    policy: 'Policy',
    none: 'Nobody reaches any of it',
    whyNone: 'No peer reached one of these groups and resources when this was written down, as far as was known.',
  },
  subjects: {
    title: 'Groups and resources',
    group: '<kind>Group</kind> {name}',
    resource: '<kind>Resource</kind> {name}',
    now: ({ peers, unknown }: { peers: number; unknown: number }) => (unknown === 0 ? `now ${plural(peers, 'peer')}` : `now ${plural(peers, 'peer')}, ${grouped(unknown)} more may`),
    inIt: ({ peers, resources }: { peers: number; resources: number }) => {
      const head = `${plural(peers, 'peer')} in it`
      if (resources === 0) return head
      return byCount(resources, {
        one: `${head}; and ${grouped(resources)} resource, told where it is a subject itself`,
        other: `${head}; and ${grouped(resources)} resources, told where they are subjects themselves`,
      })
    },
    signedBy: 'by {by} {ago}',
    notSigned: 'Not signed',
    signOff: 'Sign off',
    signAgain: 'Sign again',
    signOffThis: ({ name }: { name: string }) => `Sign off ${name}`,
    signAgainThis: ({ name }: { name: string }) => `Sign again ${name}`,
  },
  sign: {
    all: ({ name }: { name: string }) => `all of “${name}”`,
    title: ({ what }: { what: string }) => `Sign off ${what}`,
    signed: ({ what }: { what: string }) => `You signed ${what}.`,
    about: 'Your name, the time and the digest of what is written down go into the audit trail. It can be signed again: the last one counts, and all are kept.',
    isDifferent: 'The network differs from what is written down here. You sign what was so then.',
    failed: 'Nothing was signed',
    decision: 'Decision',
    approved: 'Approved: it is as it should be',
    changeNeeded: 'Change needed: somebody reaches it who should not, or the other way round',
    comment: 'Comment',
    digest: 'SHA-256 {digest}',
  },
  actions: {
    signOffAll: 'Sign off all',
    export: 'Export',
    csv: 'Spreadsheet (CSV)',
    jsonl: 'JSON Lines, which the digest is of',
    print: 'Print',
    copy: 'Copy link',
    thisReview: 'this review',
    edit: 'Edit',
    delete: 'Delete',
    notPrinted: 'The review could not be printed',
  },
  deletion: {
    ask: ({ name }: { name: string }) => `Delete “${name}”?`,
    about: 'What is written down goes with it, and all that was signed. The audit trail keeps that it was signed, by whom, and the digest. Export it first if it is evidence.',
    action: ({ name }: { name: string }) => `Delete “${name}”`,
    keep: 'Keep it',
    failed: 'The review was not deleted',
    done: ({ name }: { name: string }) => `Access review “${name}” was deleted.`,
  },
  printed: {
    title: ({ name }: { name: string }) => `Access review: ${name}`,
    signOffs: 'Sign-off',
    subject: 'Subject',
    decision: 'Decision',
    when: 'When',
    times: ({ count }: { count: number }) => `Signed ${plural(count, 'time')} in all. The audit trail has each with the digest.`,
    byRule: 'By rule, last changed',
    targetsBecause: ({ targets, why }: { targets: string; why: string }) => `${targets} (${why})`,
    ruleChanged: '{rule}: {at} by {by}',
    ruleNotChanged: ({ rule }: { rule: string }) => `${rule}: not changed since watched`,
    noRule: 'No rule of a policy',
    tenant: 'Tenant',
    networkRead: 'Network read',
    notKnown: 'not known',
    status: ({ status, signed }: { status: string; signed: string }) => `${status}: ${signed}`,
    unread: ({ lists }: { lists: readonly string[] }) => `Missing or old when it was made, as they could not be read: ${listed(lists)}.`,
    differs: 'The network differs from what is written down here.',
    watched: 'Rules without a last change were not changed since {since}.',
    group: ({ name }: { name: string }) => `Group ${name}`,
    resource: ({ name }: { name: string }) => `Resource ${name}`,
    reach: (subject: Reached) => `${reach(subject)}.`,
    left: ({ left, of, isAsked }: { left: number; of: number; isAsked: boolean }) => {
      const how = isAsked ? 'The exported file has them all.' : 'Print from the review’s own button to have rows on paper.'
      return byCount(left, { one: `${grouped(left)} row of ${grouped(of)} is not printed here. ${how}`, other: `${grouped(left)} rows of ${grouped(of)} are not printed here. ${how}` })
    },
  },
  statuses: {
    open: 'Open',
    partly: 'Partly signed',
    signed: 'Signed',
  },
  decisions: {
    approved: 'Approved',
    change_needed: 'Change needed',
  },
  standings: {
    same: 'Still so',
    different: 'Different now',
    gone: 'No longer there',
    unknown: 'Not known now',
  },
} as const
