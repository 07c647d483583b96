import { plural } from '@/lib/numbers'

export const texts = {
  attempts: {
    next: ({ when }: { when: string }) => `Next attempt ${when}`,
    nextIsDue: 'The next attempt is due',
    label: 'Attempts, newest first',
    attempt: '<hidden>Attempt </hidden>{number}',
    said: ({ answer }: { answer: string }) => `It said: ${answer}`,
    earlier: ({ count }: { count: number }) => `${plural(count, 'earlier attempt')}, of which nothing is kept`,
  },
  delivery: {
    held: ({ until, channel }: { until: string; channel: string }) => `Held until ${until} by quiet hours of ${channel}`,
    itsChannel: 'its channel',
    told: ({ event, alert }: { event: string; alert: string }) => `${event}: ${alert}`,
    goneAlert: 'an alert that is gone',
    deliveredOn: ({ attempt }: { attempt: number }) => `Delivered on attempt ${attempt}`,
    notTried: 'Not tried yet',
    tried: ({ count }: { count: number }) => `Tried ${plural(count, 'time')}, tries again by itself`,
    givenUp: 'Given up',
    givenUpAfter: ({ count }: { count: number }) => `Given up after ${plural(count, 'attempt')}`,
    limited: 'A limit of messages is reached: the next message sums it up',
    because: ({ how, why }: { how: string; why: string }) => `${how}: ${why}`,
    failedAfter: ({ why, took }: { why: string; took: string }) => `${why}, after ${took}`,
    taken: ({ took }: { took: string }) => `Taken in ${took}`,
    answered: ({ status, took }: { status: number; took: string }) => `Answered ${status} in ${took}`,
  },
} as const
