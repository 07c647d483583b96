export const texts = {
  forgot: {
    title: 'Forgot your password?',
    note: 'We will send you a link to set a new one.',
    email: { label: 'Email', missing: 'Enter your email address.' },
    send: 'Send the link',
    failed: 'Could not send the link',
    back: 'Back to sign-in',
  },
  sent: {
    title: 'Check your mail',
    onItsWay: 'If {email} belongs to an account with a password, a mail with a link is on its way. The link works for one hour.',
    again: 'Try another address',
  },
  reset: {
    title: 'Set a new password',
    note: 'Setting it signs you out on every device.',
    password: { label: 'New password', short: 'Use at least 15 characters.' },
    set: 'Set password',
    failed: 'Could not set the password',
    newLink: 'Send a new link',
  },
  done: {
    title: 'Password set',
    signedOut: 'Your new password is set, and you were signed out everywhere.',
    signIn: 'Sign in',
  },
} as const
