import { grouped } from '@/lib/numbers'

export const texts = {
  list: {
    label: 'Own metrics',
    one: 'metric',
    name: 'Name',
    tags: 'Tags',
    moreTags: ({ count }: { count: number }) => `+${grouped(count)}`,
    account: 'Account',
    lastValue: 'Last value',
    when: 'When',
    rules: 'Rules',
    noRules: 'none',
    unit: 'Unit',
    id: 'Id',
    watched: 'Watched by a rule',
    watchedByNone: 'Watched by none',
    searches: 'Name, tag, account',
    empty: 'Nothing was pushed yet',
    whyEmpty: 'Push numbers that NetBird does not know, such as the age of a backup. They are drawn under Metrics, and rules compare them.',
    /** The name is read out: in the list it is seen beside the button. */
    remove: 'Remove<hidden>: {metric}</hidden>',
  },
  removal: {
    ask: ({ metric }: { metric: string }) => `Remove ${metric}?`,
    about: 'What was pushed of it is shown no more. A script that goes on pushing it begins anew. One that a rule watches stays.',
    action: 'Remove it',
    failed: 'The metric was not removed',
    done: ({ metric }: { metric: string }) => `${metric} is removed.`,
  },
  push: {
    title: 'Push a value',
    how: 'From cron or any script, with <token>an API token</token> whose scope is {scope}. Up to 100 values at once; what comes twice in a minute is folded.',
    command: 'command',
  },
} as const
