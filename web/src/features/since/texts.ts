import { grouped, plural } from '@/lib/numbers'

export const texts = {
  changed: {
    title: 'What was changed',
    count: ({ count }: { count: number }) => plural(count, 'change'),
    save: 'Save these changes as CSV',
    none: 'Nothing that says who can reach what was changed, as far as is known.',
    by: ({ people }: { people: string }) => `By ${people}`,
    one: 'change',
    omitted: ({ count }: { count: number }) => `${plural(count, 'older change')} not listed here.`,
    log: 'Open the change log',
    nobodyKnown: 'not known',
    people: ({ people, rest }: { people: readonly (readonly [who: string, count: number])[]; rest: number }) =>
      [...people.map(([who, count]) => `${who} (${grouped(count)})`), ...(rest > 0 ? [`${grouped(rest)} more`] : [])].join(', '),
  },
  incomplete: {
    title: 'Not everything is known of how it was',
    about: 'It is taken to have been as it is now, so more or less may have opened or closed:',
    one: 'thing',
    more: ({ count }: { count: number }) => `And ${grouped(count)} more.`,
    thing: ({ list, name, why }: { list: string; name: string | null | undefined; why: string }) => (name ? `${list} “${name}”: ${why}` : `${list}: ${why}`),
  },
  line: {
    wrong: 'Choose a day and a time.',
    moment: 'Since when',
    show: 'Show',
    since: 'Since',
    at: '{moment}, {ago}',
  },
  tooEarly: {
    title: 'Nothing is known of that time',
    sinceConnected: 'Since it was connected',
    about: 'What changed is known from when the account was connected, and for as long as this tenant keeps changes.',
  },
  page: {
    emptyTitle: 'Nothing to look back at yet',
    empty: 'Connect a NetBird account: from then on, what opens and closes between peers is known.',
    accounts: 'the accounts',
    what: 'what opened since',
  },
  columns: {
    when: 'When',
    whatChanged: 'What changed',
    who: 'Who',
    kind: 'Kind',
    list: 'List',
    item: 'Item',
    itemId: 'Item, id',
  },
} as const
