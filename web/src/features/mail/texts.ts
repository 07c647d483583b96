export const texts = {
  message: {
    to: ({ from, to, date }: { from: string; to: string; date: string }) => `${from} to ${to} · ${date}`,
    showAsHtml: 'Show as HTML',
    showAsText: 'Show as text',
    links: 'Links in this mail',
    what: 'the mail',
  },
  list: {
    label: 'Mails',
    one: 'mail',
    subject: 'Subject',
    sent: 'Sent',
    to: 'To',
    searches: 'Subject, recipient',
  },
  page: {
    sent: 'This installation sends its mail',
    sentWhy: 'Only a local installation without a mail server keeps them here.',
    kept: 'No mail server is configured, so mails are kept here instead of being sent.',
    emptyTitle: 'No mail yet',
    empty: 'Alerts, invitations and links to sign in appear here as soon as they are sent.',
  },
} as const
