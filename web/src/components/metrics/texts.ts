import { grouped, plural } from '@/lib/numbers'

export const texts = {
  withoutData: {
    count: ({ count }: { count: number }) => plural(count, 'account'),
    words: ({ accounts }: { accounts: string }) => `Without ${accounts}, of which nothing is known in this time.`,
  },
  trends: {
    part: ({ accounts, all }: { accounts: number; all: number }) => `${grouped(accounts)} of ${plural(all, 'account')}`,
    series: 'Series',
    now: 'Now',
    change: 'Change',
    whole: ({ day }: { day: string }) => `The whole of ${day}`,
  },
} as const
