import { BellPlus, Gamepad2, Hash, Mail, Phone, PhoneCall, RadioTower, Send, Siren, UsersRound, Webhook, type LucideIcon } from 'lucide-react'
import type { NotificationConfig } from '@/api/types'
import { named } from '@/lib/named'

/** Those that a rule can have. */
export type ChannelId = keyof NotificationConfig

interface ChannelLook {
  /** As it is called in a sentence. */
  title: string
  /** How something came to somebody: "by email". */
  how: string
  icon: LucideIcon
}

/** The ways that messages take, in the order in which a rule tells of them. */
export const CHANNELS = {
  email: { title: 'Email', how: 'by email', icon: Mail },
  on_call: { title: 'On call', how: 'by email', icon: PhoneCall },
  webhook: { title: 'Webhook', how: 'by webhook', icon: Webhook },
  slack: { title: 'Slack', how: 'in Slack', icon: Hash },
  teams: { title: 'Microsoft Teams', how: 'in Microsoft Teams', icon: UsersRound },
  discord: { title: 'Discord', how: 'in Discord', icon: Gamepad2 },
  pagerduty: { title: 'PagerDuty', how: 'in PagerDuty', icon: Siren },
  opsgenie: { title: 'Opsgenie', how: 'in Opsgenie', icon: Phone },
  telegram: { title: 'Telegram', how: 'in Telegram', icon: Send },
  ntfy: { title: 'ntfy', how: 'by ntfy', icon: RadioTower },
} as const satisfies Readonly<Record<string, ChannelLook>>

export type ChannelKind = keyof typeof CHANNELS

export const CHANNEL_KINDS = Object.keys(CHANNELS) as ChannelKind[]

/** Those that a rule can have of its own. */
export const CHANNEL_IDS = ['email', 'webhook', 'slack', 'teams', 'discord'] as const satisfies readonly (keyof NotificationConfig)[]

/** How a way is shown; a newer API may have one that this page has never heard of. */
export const channelLook = (kind: string): ChannelLook =>
  named<ChannelLook>(CHANNELS, kind, (title) => ({ title, how: `by ${title.toLowerCase()}`, icon: BellPlus }))
