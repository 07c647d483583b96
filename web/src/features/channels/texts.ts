import { byCount, listed, plural } from '@/lib/numbers'

/** "the rules a and b", none of none. */
const named = (names: readonly string[], one: string): string[] => (names.length === 0 ? [] : [`the ${byCount(names.length, { one, other: `${one}s` })} ${listed(names)}`])

export const texts = {
  about: {
    title: 'About the channel',
    name: 'Name',
    namePlaceholder: 'Operations',
    nameHint: 'Rules and routes name it.',
    severities: 'Only these severities <mark>(optional)</mark>',
    severitiesHint: 'With none chosen, it tells of all of them.',
    switchedOn: 'Switched on',
  },
  steps: {
    title: 'How to set it up',
  },
  form: {
    kind: 'Kind',
    where: 'Where to',
    toCorrect: ({ count }: { count: number }) => `${plural(count, 'field')} to correct`,
  },
  actions: {
    deleteUnused: 'Nothing is sent to it any more, and its keys are forgotten.',
    deleteUsed: ({ rules, routes }: { rules: readonly string[]; routes: readonly string[] }) => `It is used by ${listed([...named(rules, 'rule'), ...named(routes, 'route')])}. Take it out of there first.`,
  },
  test: {
    none: 'No test can be sent: mail has no answer to show.',
  },
  signature: {
    whatSends: ({ name }: { name: string }) => `What “${name}” sends`,
  },
  where: {
    title: 'Where it leads',
    kind: 'Kind',
    to: 'To',
    tells: 'Tells of',
    quietHours: 'Quiet hours',
    created: 'Created',
    changed: 'Changed',
  },
  usedBy: {
    title: 'Used by',
    none: 'Nothing uses it yet: choose it in a rule’s form, under “Who is notified”, or in a route.',
    newRule: 'New rule',
    label: 'What uses it',
    route: '· route',
  },
  used: {
    by: ({ users }: { users: string }) => `Used by ${users}`,
    none: 'Nothing uses it',
    rules: ({ count }: { count: number }) => plural(count, 'rule'),
    routes: ({ count }: { count: number }) => plural(count, 'route'),
  },
  list: {
    label: 'Channels',
    one: 'channel',
    kind: 'Kind',
    state: 'State',
    tells: 'Tells of',
    usedBy: 'Used by',
    nothing: 'nothing',
    where: 'Where to',
    trouble: 'Trouble',
    quietHours: 'Quiet hours',
    rules: 'Rules',
    routes: 'Routes',
    searches: 'Name, where to, rule, route',
    emptyTitle: 'No channel yet',
    empty: 'A channel is set up once, in Slack, PagerDuty, by email or elsewhere, and then used by as many rules and routes as you like.',
    allSeverities: 'All severities',
  },
  edit: {
    action: 'Save changes',
    failed: 'The channel was not changed',
    changed: ({ name }: { name: string }) => `Channel “${name}” was changed.`,
  },
  latestDeliveries: {
    title: 'Latest deliveries',
    all: 'All its deliveries',
    what: 'the deliveries',
    none: 'Nothing was sent by it yet. A test is not listed here.',
  },
  create: {
    action: 'Create channel',
    failed: 'The channel was not created',
    created: ({ name }: { name: string }) => `Channel “${name}” was created. Send a test to see that it works.`,
  },
  quiet: {
    window: ({ number }: { number: number }) => `Quiet hours ${number}`,
    weekdays: 'Beginning on',
    remove: ({ number }: { number: number }) => `Remove quiet hours ${number}`,
    from: 'From',
    to: 'To',
    nextDay: 'the next day',
    title: 'Quiet hours',
    label: 'Hold messages back at some hours',
    hint: 'None is lost: when the quiet hours end, one message tells what is still so. What is over by then is not told.',
    add: 'Add hours',
    most: ({ most }: { most: number }) => `At most ${most}.`,
    zoneHint: 'Its clocks count, also when they are changed.',
    except: 'Told at once all the same',
  },
  states: {
    on: 'On',
    failing: 'Failing',
    stopped: 'Stopped',
    off: 'Off',
  },
  switch: {
    on: ({ name }: { name: string }) => `“${name}” is on.`,
    off: ({ name }: { name: string }) => `“${name}” is off: rules and routes that use it tell nobody there.`,
    use: ({ name }: { name: string }) => `Use: ${name}`,
  },
  quietWords: {
    quiet: ({ hours }: { hours: string }) => `Quiet ${hours}`,
    allDay: 'all day',
    wholeDay: ({ from }: { from: string }) => `from ${from} for 24 h`,
    window: ({ days, hours }: { days: string; hours: string }) => (days === '' ? hours : `${days} ${hours}`),
    hours: ({ windows, except }: { windows: readonly string[]; except: string }) => (except === '' ? windows.join('; ') : `${windows.join('; ')}, except ${except}`),
    span: ({ from, to }: { from: string; to: string }) => `${from}–${to}`,
  },
  page: {
    what: 'channels',
  },
  wrong: {
    name: 'Name the channel.',
    noHours: 'Add the hours that are quiet.',
    noDay: 'Choose a day.',
    time: 'Enter a time of the day.',
  },
} as const
