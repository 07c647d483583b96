export const texts = {
  validate: {
    nameOrganisation: 'Name your organisation.',
    enterName: 'Enter your name.',
    enterEmailAddress: 'Enter your email address.',
    useAtLeastCharacters: ({ minPassword }: { minPassword: number }) => `Use at least ${minPassword} characters.`,
    enterCodeServerPrinted: 'Enter the code that the server printed when it started.',
  },
  setupPage: {
    title: 'Set up this installation',
    note: 'You become its owner. You connect NetBird and invite others afterwards.',
    failed: 'Already set up',
    somebodyElseHasAlready: 'Somebody else has already created the first owner. <link>Sign in</link> instead.',
    couldNotSetUp: 'Could not set up',
    organisation: 'Organisation',
    name: 'Your name',
    email: 'Email',
    password: 'Password',
    atLeastCharactersFew: ({ minPassword }: { minPassword: number }) => `At least ${minPassword} characters; a few words are fine.`,
    setupCode: 'Setup code',
    setupCodeHint: 'The server prints it when it starts for the first time.',
    createOwnerSignIn: 'Create owner and sign in',
  },
} as const
