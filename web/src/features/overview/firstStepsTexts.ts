/** Of what only a tenant without an account sees. */
export const texts = {
  step: {
    done: '{title} <quiet>· done</quiet>',
  },
  firstSteps: {
    title: 'Three steps to a watched network',
  },
  connect: {
    title: 'Connect a NetBird account',
    action: 'Connect',
    about: 'NetBird Cloud or your own server, with a read-only token.',
    notYou: 'An owner or admin of this tenant does this.',
  },
  sync: {
    title: 'Let the first sync finish',
    about: 'Peers, groups, users and policies appear within a minute and stay up to date.',
  },
  rules: {
    title: 'Create the first rules',
    action: 'Choose rules',
    about: 'Choose when to be alerted, and where: by email or webhook, in Slack, Microsoft Teams or Discord.',
  },
} as const
