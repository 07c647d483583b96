export const texts = {
  title: {
    alertsByMail: 'Alerts by mail',
  },
  present: {
    pending: 'Nothing is sent to this address until you say yes.',
    confirmed: 'You said yes before. You can change your mind here.',
    declined: 'You said no before. You can change your mind here.',
  },
  answered: {
    willGetTheseAlerts: 'You will get these alerts',
    willGetNoAlerts: 'You will get no alerts',
    alertsGoFromNow: ({ tenantName, email }: { tenantName: string; email: string }) => `Alerts of ${tenantName} go to ${email} from now on, where its rules name this address.`,
    nothingEverMailedFor: ({ email, tenantName }: { email: string; tenantName: string }) => `Nothing is ever mailed to ${email} for ${tenantName}, whatever its rules say.`,
    canClosePage: 'You can close this page.',
  },
  expired: {
    nothingSentUntilSay: 'Nothing is sent to you until you say yes. Whoever wants to send you alerts can ask again.',
  },
  answer: {
    wantsMailAlertsAbout: '{tenantName} wants to mail alerts about its network to {email}. {present}',
    yesSendMeAlerts: ({ tenantName }: { tenantName: string }) => `Yes, send me alerts of ${tenantName}`,
    noNeverWriteMe: ({ tenantName }: { tenantName: string }) => `No, never write to me for ${tenantName}`,
    failed: 'Your answer was not saved',
  },
  opened: {
    request: 'the request',
  },
} as const
