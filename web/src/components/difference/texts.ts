import { byCount, grouped, listed, plural } from '@/lib/numbers'

interface Counts {
  opened: number
  closed: number
}

const pairs = ({ count }: { count: number }): string => plural(count, 'pair')

export const texts = {
  differences: {
    label: 'Difference',
    pairs,
    aPairIs: 'A pair is one peer that reaches one other peer, resource or route. Each is counted once.',
    unread: ({ lists }: { lists: readonly string[] }) => `Missing or old, as the last try to read them failed: ${listed(lists)}. The answer goes by what there is.`,
    omitted: ({ count }: { count: number }) =>
      byCount(count, {
        one: `${grouped(count)} more difference, told peer by peer, is left out; the numbers above count it.`,
        other: `${grouped(count)} more differences, told peer by peer, are left out; the numbers above count them.`,
      }),
    again: 'Check again',
    csv: 'CSV',
    csvOfPairs: 'CSV of all pairs',
    copyLink: 'Copy link',
  },
  row: {
    to: 'to',
    certain: 'for sure',
    perhaps: 'perhaps',
    why: '{why}<hidden>: {from} to {to}</hidden>',
    by: 'By {policies}',
    newPolicy: ({ name }: { name: string }) => `${name} (new)`,
  },
  /** What would be so, and what has come to be so since a moment. */
  sides: {
    would: {
      opened: { title: 'Opens', why: 'Why it is closed now', none: 'Nothing opens.' },
      closed: { title: 'Closes', why: 'Why it is open now', none: 'Nothing closes.' },
      unchanged: 'With these changes everybody would reach just what they reach now.',
    },
    since: {
      opened: { title: 'Opened', why: 'Why it is open now', none: 'Nothing opened.' },
      closed: { title: 'Closed', why: 'Why it is closed now', none: 'Nothing closed.' },
      unchanged: 'Everybody reaches just what they reached then.',
    },
  },
  summary: {
    would: {
      nothing: 'Nothing opens or closes',
      nothingKnown: 'Nothing opens or closes, as far as is known',
      opened: ({ count }: { count: number }) => byCount(count, { one: `${pairs({ count })} opens, none closes`, other: `${pairs({ count })} open, none closes` }),
      closed: ({ count }: { count: number }) => byCount(count, { one: `${pairs({ count })} closes, none opens`, other: `${pairs({ count })} close, none opens` }),
      both: ({ opened, closed }: Counts) => {
        const opens = byCount(opened, { one: `${pairs({ count: opened })} opens`, other: `${pairs({ count: opened })} open` })
        return byCount(closed, { one: `${opens}, ${grouped(closed)} closes`, other: `${opens}, ${grouped(closed)} close` })
      },
    },
    since: {
      nothing: 'Nothing opened or closed',
      nothingKnown: 'Nothing opened or closed, as far as is known',
      opened: ({ count }: { count: number }) => `${pairs({ count })} opened, none closed`,
      closed: ({ count }: { count: number }) => `${pairs({ count })} closed, none opened`,
      both: ({ opened, closed }: Counts) => `${pairs({ count: opened })} opened, ${grouped(closed)} closed`,
    },
  },
  without: {
    loading: 'Loading the difference',
    what: 'the difference',
    beingRead: 'The network is being read anew',
    beingReadWhy: 'Half of a network would give wrong answers, so it is judged after the next sync. This page asks again by itself.',
    askAgain: 'Ask again',
    accountGone: 'This account is no longer there',
    accountGoneWhy: 'It was disconnected, or it belongs to another tenant.',
    tooMuch: 'This cannot be judged',
  },
  file: {
    ways: { would: { opened: 'opens', closed: 'closes' }, since: { opened: 'opened', closed: 'closed' } },
    change: 'Change',
    from: 'From',
    to: 'To',
    on: 'On',
    pairs: 'Pairs',
    certain: 'For sure',
    yes: 'yes',
    no: 'no',
    policies: 'Policies (at most 5)',
    fromKind: 'From, kind',
    fromId: 'From, id',
    toKind: 'To, kind',
    toId: 'To, id',
  },
  choices: {
    switchPolicy: 'Switch a policy on or off',
    deletePolicy: 'Delete a policy',
    newPolicy: 'Add a policy',
    changePolicy: 'Change a policy',
    members: 'Add or remove peers of a group',
    switchRouter: 'Switch a router on or off',
    switchResource: 'Switch a resource on or off',
    changeCheck: 'Change a posture check',
    undo: 'Undo a change of the log',
  },
  /** A change in a sentence; things stand in its places by their names. */
  change: {
    policyOn: 'Switch on policy {policy}',
    policyOff: 'Switch off policy {policy}',
    deletePolicy: 'Delete policy {policy}',
    routerOn: 'Switch on router {router}',
    routerOff: 'Switch off router {router}',
    resourceOn: 'Switch on resource {resource}',
    resourceOff: 'Switch off resource {resource}',
    addMembers: 'Add {added} to {group}',
    removeMembers: 'Remove {removed} from {group}',
    changeMembers: 'Add {added} to {group}, and remove {removed}',
    undo: 'Undo: {change}',
    checkAsks: 'Have posture check {check} ask for {asked}',
    checkAsksOnly: 'Have posture check {check} ask for {asked}, and for nothing else',
    versions: ({ asked }: { asked: readonly string[] }) => (asked.length === 0 ? 'no version' : `${asked.join(', ')} or later`),
    client: ({ version }: { version: string }) => `client ${version}`,
    addPolicy: 'Add policy {policy}: {rules}',
    changePolicy: 'Change policy {policy}: {rules}',
    off: '{policy} (off)',
    noRules: 'no rules',
    ifChecks: '{policy}, if {checks}',
    checks: ({ count }: { count: number }) => byCount(count, { one: `${grouped(count)} posture check holds`, other: `${grouped(count)} posture checks hold` }),
    ssh: 'NetBird SSH',
    nobody: 'nobody',
    more: ({ count }: { count: number }) => `${grouped(count)} more`,
    gone: ({ name }: { name: string }) => `${name} (gone)`,
  },
  rule: {
    accept: '{from} may reach {to}',
    drop: '{from} must not reach {to}',
    on: '{rule} on {service}',
    back: '{rule}, and back',
    off: '{rule} (off)',
  },
  /** Where in a change something is wrong. */
  problem: {
    rule: ({ number }: { number: number }) => `rule ${grouped(number)}`,
    fields: {
      sources: 'from',
      destinations: 'to',
      sourceResource: 'from',
      destinationResource: 'to',
      ports: 'port',
      postureChecks: 'posture check',
      add: 'peer to add',
      remove: 'peer to remove',
    } as Readonly<Record<string, string>>,
    nth: ({ field, number }: { field: string; number: number }) => `${field} ${grouped(number)}`,
    at: ({ place, detail }: { place: string; detail: string }) => `${place}: ${detail}`,
  },
} as const
