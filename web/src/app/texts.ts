export const texts = {
  app: {
    session: 'your session',
    somebodyElse: ({ name }: { name: string }) => `You are ${name} now, who signed in in another tab.`,
  },
  notFound: {
    title: 'No such page',
    overview: 'Go to the overview',
    why: 'The address may be mistyped, or the page has moved.',
  },
  notYourTenant: {
    lost: ({ lost }: { lost: string }) => `You are not a member of ${lost} any more`,
    never: 'This page is of a tenant that you are not a member of',
    goTo: ({ name }: { name: string }) => `Go to ${name}`,
    about: ({ email }: { email: string }) => `You are signed in as ${email}. Ask whoever sent you the link to invite you, or go to a tenant of yours.`,
  },
  page: {
    this: 'this page',
    starting: 'Starting',
  },
} as const
