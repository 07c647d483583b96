import { byCount, grouped, listed, plural } from '@/lib/numbers'

interface Pairs {
  pairs: number
  allowed: number
  unknown: number
}

const everyPair = (pairs: number) => byCount(pairs, { one: 'the only pair', other: `all ${grouped(pairs)} pairs` })

/** "12 of 40 pairs, 8 not known" */
function ofPairs({ pairs, allowed, unknown }: Pairs): string {
  if (allowed === pairs || unknown === pairs || (allowed === 0 && unknown === 0)) return everyPair(pairs)
  if (allowed === 0) return `${grouped(unknown)} of ${plural(pairs, 'pair')}`
  const sure = `${grouped(allowed)} of ${plural(pairs, 'pair')}`
  return unknown === 0 ? sure : `${sure}, ${grouped(unknown)} not known`
}

interface CellInWords {
  from: string
  to: string
  state: string
  pairs: Pairs
  open: readonly string[]
  perhaps: readonly string[]
  drops: boolean
}

export const texts = {
  what: 'the access matrix',
  loading: 'Loading the access matrix',
  legend: 'Places of the matrix',
  count: ({ state, count }: { state: string; count: number }) => `${state} ${grouped(count)}`,
  keys: {
    all: '{arrows} walk, {enter} asks why, {space} goes to the policies',
    arrows: 'Arrows',
    enter: 'Enter',
    space: 'Space',
  },
  grid: 'Who reaches whom',
  fromDown: 'From ↓',
  toRight: 'To →',
  narrow: {
    rows: 'Rows: from groups called',
    rowsPlaceholder: 'From groups called…',
    columns: 'Columns: to groups called',
    columnsPlaceholder: 'To groups called…',
    none: 'No group is called that',
    noneHas: ({ groups }: { groups: number }) => byCount(groups, { one: 'The only group shown does not have that in its name. Others are chosen with Filter.', other: `Of the ${grouped(groups)} groups shown, none has that in its name. Others are chosen with Filter.` }),
    all: 'Show all groups',
  },
  filters: {
    label: 'Filter the matrix',
    groups: 'Groups',
    asManyAsFit: 'as many as fit',
    noGroup: 'No group is called that.',
    protocol: 'Protocol',
    port: 'Port',
    typePort: 'Type a port, 0 to 65535.',
    group: ({ name, peers }: { name: string; peers: number }) => `${name} (${plural(peers, 'peer')})`,
  },
  again: 'Ask again',
  csv: 'Save the matrix as CSV',
  without: {
    gone: 'One of these groups is gone',
    whyGone: 'NetBird has no group of that id in this account. It was removed since the link was made, or it is another account’s.',
    showUsual: 'Show the groups that most rules name',
    notYet: 'Nothing to compare yet',
    afterSync: 'Who reaches whom appears here, group by group, within minutes of the first sync.',
    /** `why` is a sentence of the API's, with its end. */
    tooLarge: ({ why }: { why: string }) => `${why} Fewer groups may do: choose them with Filter.`,
    beingRead: 'Half of a network would give wrong answers, so it is judged after the next sync. This page looks again every 30 seconds.',
    noGroups: 'No groups yet',
    noneToCompare: 'This account has no groups to compare.',
  },
  notes: {
    unread: ({ lists }: { lists: readonly string[] }) => `Missing or older than the rest, as they could not be read: ${listed(lists)}. What hangs on them is not known.`,
    omittedCells: ({ count }: { count: number }) =>
      byCount(count, {
        one: `The answer was too long: ${grouped(count)} place at its end is left out. Fewer groups fit.`,
        other: `The answer was too long: ${grouped(count)} places at its end are left out. Fewer groups fit.`,
      }),
    omittedGroups: ({ shown, omitted }: { shown: number; omitted: number }) => {
      const head = byCount(shown, { one: 'Shown is the group that most rules name', other: `Shown are the ${grouped(shown)} groups that most rules name` })
      return byCount(omitted, { one: `${head}; ${grouped(omitted)} other is left out. Choose any with Filter.`, other: `${head}; ${grouped(omitted)} others are left out. Choose any with Filter.` })
    },
    showAll: ({ count }: { count: number }) => `Show all ${grouped(count)} groups`,
    showLargest: ({ count }: { count: number }) => `Show the ${grouped(count)} largest groups`,
  },
  /** A row on a phone. */
  row: {
    from: 'From',
    fromGroup: ({ name }: { name: string }) => `From ${name}`,
    nothing: ({ names }: { names: readonly string[] }) => `Nothing is open to ${listed(names)}.`,
    nothingCount: ({ groups }: { groups: number }) => `Nothing is open to ${plural(groups, 'group')}`,
    nobody: ({ names }: { names: readonly string[] }) => `No pair of peers with ${listed(names)}.`,
    nobodyCount: ({ groups }: { groups: number }) => `No pair of peers with ${plural(groups, 'group')}`,
  },
  group: ({ name, peers }: { name: string; peers: number }) => `${name}, ${plural(peers, 'peer')}`,
  cell: {
    fromTo: ({ from, to }: { from: string; to: string }) => `${from} to ${to}`,
    arrow: '{from} → {to}',
    omitted: 'The answer was too long to hold this one: it is not known to be closed. Show fewer groups, or ask for it alone.',
    nothing: 'No rule opens anything from the one to the other, and none forbids it.',
    alone: ({ name }: { name: string }) => `${name} has a single peer, and nobody is paired with themselves.`,
    empty: ({ name }: { name: string }) => `${name} has no peers.`,
    ofPairs,
    open: 'Open for sure',
    mayBeOpen: 'May be open',
    drops: 'A drop rule takes something away',
    /** `most` where no more than so many are named. */
    policies: ({ drops, most }: { drops: boolean; most: number | undefined }) => {
      const head = drops ? 'By policies, those that take something away first' : 'By policies'
      return most === undefined ? head : `${head}; at most ${grouped(most)} are named`
    },
    ask: 'Ask why',
    peers: ({ from, fromPeers, to, toPeers }: { from: string; fromPeers: number; to: string; toPeers: number }) => `${plural(fromPeers, 'peer')} in ${from}, ${plural(toPeers, 'peer')} in ${to}`,
    /** All of a place in one breath, for whoever hears it. */
    inWordsEmpty: ({ from, to, state }: { from: string; to: string; state: string }) => `${from} to ${to}: ${state}`,
    inWords: ({ from, to, state, pairs, open, perhaps, drops }: CellInWords) =>
      [
        `${from} to ${to}: ${state}, ${ofPairs(pairs)}`,
        ...(open.length > 0 ? [`open: ${open.join(', ')}`] : []),
        ...(perhaps.length > 0 ? [`may be open: ${perhaps.join(', ')}`] : []),
        ...(drops ? ['a drop rule takes something away'] : []),
      ].join('; '),
  },
  states: {
    allowed: 'Allowed',
    partial: 'Allowed for some',
    unknown: 'Not known',
    denied: 'Denied',
    nothing: 'Nothing open',
    nobody: 'No pair of peers',
    omitted: 'Left out',
  },
} as const
