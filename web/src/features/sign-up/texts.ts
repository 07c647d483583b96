export const texts = {
  toSignIn: {
    signIn: 'Sign in',
    haveAccountAlready: 'Have an account already?',
  },
  closed: {
    title: 'Sign up',
    failed: 'Signing up is closed here',
    askSomebodyWhoUses: 'Ask somebody who uses this installation to invite you.',
  },
  checkYourMail: {
    title: 'Check your mail',
    mailHoldsLinkFinishes: 'A mail to {email} holds a link that finishes signing up. It works for 24 hours.',
    nothingThereAfterFew: 'Nothing there after a few minutes? Look into the spam folder, or',
    enterAddressAgain: 'Enter the address again',
  },
  signUpPage: {
    nameOrganisation: 'Name your organisation.',
    enterName: 'Enter your name.',
    enterEmailAddress: 'Enter your email address.',
    title: 'Sign up',
    note: 'For an organisation of your own; you become its owner.',
    organisation: 'Organisation',
    name: 'Your name',
    email: 'Email',
    password: 'Password',
    failed: 'Could not sign up',
  },
  signUpAgain: {
    signUpAgain: 'Sign up again',
  },
  verifyFailure: {
    failed: 'Not verified',
    passwordNotOneSign: 'The password is not the one of this sign-up. If somebody else signed up with your address, sign up yourself.',
    couldNotVerifyAddress: 'Could not verify the address',
  },
  verify: {
    enterPasswordChose: 'Enter the password that you chose.',
    title: 'Finish signing up',
    note: 'This verifies your address and creates your organisation.',
    password: 'Password',
    passwordHint: 'The one that you chose when you signed up.',
    verifyMyAddress: 'Verify my address',
  },
  verifySignUpPage: {
    ready: ({ tenantName }: { tenantName: string }) => `${tenantName} is ready`,
    addressVerifiedSignIn: 'The address {email} is verified. Sign in with it and the password that you chose.',
    signIn: 'Sign in',
    title: 'Finish signing up',
  },
} as const
