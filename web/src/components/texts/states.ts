import { grouped } from '@/lib/numbers'

export const texts = {
  announcements: {
    failed: 'Something went wrong.',
    undo: 'Undo',
    dismiss: 'Dismiss',
  },
  states: {
    noAnswer: 'The server does not answer',
    failed: ({ what }: { what: string }) => `Could not load ${what}`,
    tryAgain: 'Try again',
    requestId: 'request id',
    unexpected: 'An unexpected error occurred.',
    notOffered: ({ what }: { what: string }) => `NetBird does not offer ${what}`,
    notOfferedWhy: 'The release of the connected server does not have them, the role of the token’s user in NetBird is too small, or the server’s answer cannot be read.',
    notAllowed: ({ what }: { what: string }) => `You do not have access to ${what}`,
    notRefreshed: 'Not refreshed since {when}. {message}',
    loading: ({ what }: { what: string }) => `Loading ${what}`,
    otherPages: ({ why }: { why: string }) => `${why} The other pages may still work.`,
    ask: 'Ask an owner or admin of this tenant for a role that has it.',
    yourRole: ({ role }: { role: string }) => `Your role is ${role}.`,
    needs: 'This needs the permission {permission}.',
    wait: ({ wait }: { wait: string | undefined }) => `Wait ${wait ?? 'a moment'}, then try again.`,
  },
  requestFailure: {
    tooMany: 'Too many attempts',
  },
  waitingRows: {
    new: ({ count }: { count: number }) => `${grouped(count)} new`,
  },
} as const
