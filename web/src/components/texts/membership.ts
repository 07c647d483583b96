import { plural } from '@/lib/numbers'

export const texts = {
  leaveTenantDialog: {
    left: ({ tenant, next }: { tenant: string; next: string }) => `You left ${tenant}. You are in ${next} now.`,
    title: ({ tenant }: { tenant: string }) => `Leave ${tenant}?`,
    failed: ({ tenant }: { tenant: string }) => `You are still in ${tenant}`,
    stay: 'Stay',
    action: ({ tenant }: { tenant: string }) => `Leave ${tenant}`,
  },
  leaving: {
    means: ({ rest }: { rest: string }) => `Your access ends at once and your API tokens for it are revoked. What you made stays. ${rest}`,
    ssoAgain: 'Signing in with single sign-on may bring you back.',
    ifOnly: 'If it is your only tenant, your account is deleted too.',
    only: 'It is your only tenant, so your account is deleted too.',
    stayInOne: ({ name }: { name: string }) => `You stay in ${name}. Only somebody in this one can bring you back.`,
    stayInSeveral: ({ count }: { count: number }) => `You stay in your ${plural(count, 'other tenant')}. Only somebody in this one can bring you back.`,
  },
  proofFields: {
    code: 'Code',
    codeHint: 'From your authenticator app, or a recovery code.',
    password: 'Your password',
  },
} as const
