/** Of what is loaded once somebody asks for it. */
export const texts = {
  accountChoice: {
    account: 'Account',
    all: 'All accounts',
    search: 'Search accounts',
    none: 'No account is called that.',
  },
  leaveDialog: {
    title: 'Leave without saving?',
    description: 'What you typed on this page is not saved.',
    leave: 'Leave this page',
    stay: 'Stay',
  },
  liveNote: {
    label: 'Updates of this page',
    since: '{what} since {when}',
  },
  navigationDrawer: {
    title: 'Navigation',
  },
  settingsFrame: {
    label: 'Settings',
    you: 'You',
    tenant: 'This tenant',
  },
  syncList: {
    label: 'Sync of each account',
    title: 'Sync',
    accountSettings: 'Account settings',
    synced: 'synced {when}',
  },
  tenantMenuItems: {
    other: 'the other tenant',
    switched: ({ name }: { name: string }) => `You are in ${name} now.`,
    label: 'Tenant',
    search: 'Search tenants',
    none: 'You are in no tenant of that name.',
    confined: 'Single sign-on opens this tenant only. Sign in with a password to switch or to create one.',
    settings: 'Tenant settings',
    create: 'Create a tenant',
  },
  userMenuItems: {
    profile: 'Profile',
    sessions: 'Sessions',
    signOut: 'Sign out',
  },
} as const
