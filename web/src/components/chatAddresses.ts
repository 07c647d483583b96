/** Where people find the address, in the messenger's own words, and what it looks like. */
export const CHAT_ADDRESSES = {
  slack: {
    where: 'At api.slack.com/apps, open or create an app, turn on Incoming Webhooks, add one to your workspace and copy its address. Mattermost’s incoming webhooks work too.',
    example: 'https://hooks.slack.com/services/…',
  },
  teams: {
    where: 'In the channel’s menu, choose Workflows, then “Send webhook alerts to a channel”, and copy the address that it shows at the end.',
    example: 'https://….logic.azure.com/workflows/…',
  },
  discord: {
    where: 'In the channel’s settings, choose Integrations, then Webhooks, then New Webhook, and copy its URL.',
    example: 'https://discord.com/api/webhooks/…',
  },
} as const
