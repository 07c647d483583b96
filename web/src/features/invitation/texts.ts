export const texts = {
  title: {
    acceptInvitation: 'Accept the invitation',
  },
  useEntry: {
    memberNow: ({ tenantName }: { tenantName: string }) => `You are a member of ${tenantName} now.`,
  },
  acceptFailure: {
    failed: 'Not accepted',
    couldNotAcceptInvitation: 'Could not accept the invitation',
  },
  accept: {
    enterPassword: 'Enter your password.',
    enterName: 'Enter your name.',
    enterCode: 'Enter the code.',
    welcome: ({ tenantName }: { tenantName: string }) => `Welcome to ${tenantName}`,
    memberNowSignIn: 'You are a member now. Sign in to go on.',
    signIn: 'Sign in',
    join: ({ tenantName }: { tenantName: string }) => `Join ${tenantName}`,
    invitesAs: '{invitedBy} invites {email} as {roleWord}.',
    name: 'Your name',
    password: 'Password',
    passwordExistingAccountHere: 'The password of your existing account here.',
    code: 'Code',
    codeHint: 'From your authenticator app, or a recovery code.',
    createAccountJoin: 'Create account and join',
    forgotPassword: 'Forgot password?',
  },
  expired: {
    askWhoeverInvitedSend: 'Ask whoever invited you to send the invitation again.',
  },
  opened: {
    invitation: 'the invitation',
  },
} as const
