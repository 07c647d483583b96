export const texts = {
  formFailure: {
    request: 'Request {requestId}',
  },
  noSuch: {
    title: ({ what }: { what: string }) => `No such ${what}`,
    all: ({ many }: { many: string }) => `All ${many}`,
  },
  nothingSynced: {
    connect: 'Connect an account',
    notYou: 'An owner or admin of this tenant can connect one.',
    none: 'No NetBird account is connected.',
  },
  linkExpired: {
    title: 'This link no longer works',
    why: 'Links from mails work once and for a limited time. If the mail is new, open its link again.',
  },
  openingLink: {
    failed: ({ what }: { what: string }) => `Could not read ${what}`,
    tryAgain: 'Try again',
    loading: ({ what }: { what: string }) => `Loading ${what}`,
  },
  inOtherTenants: {
    look: ({ name }: { name: string }) => `Look in ${name}`,
  },
  entrance: {
    title: ({ title }: { title: string }) => `${title} · NetBird platform`,
    product: 'NetBird platform',
  },
} as const
