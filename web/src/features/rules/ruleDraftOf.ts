import type { AlertRule, RuleChat, RuleNotification } from '@/api/types'
import type { ChannelDrafts, ChatDraft } from './channelDraft'
import { kindOf } from './conditions/conditions'
import { escalationOf } from './escalation'
import { newDraft, type RuleDraft } from './ruleDraft'
import { texts } from './texts'

/** Why the platform switched it off, if it did. */
const offOf = ({ off }: Pick<RuleChat, 'off'>) => (off ? { off: off.reason } : {})

const chatOf = (chat: RuleChat | null | undefined): ChatDraft | null => (chat ? { enabled: chat.enabled, webhook: '', channel: chat.channel ?? '' } : null)

const addressOf = (chat: RuleChat) => ({ address: chat.webhook ?? chat.host, ...offOf(chat) })

/** What is never shown of a channel is not there; what it has is named, and stays unless changed. */
function channelsOf({ email, webhook, slack, teams, discord }: RuleNotification): ChannelDrafts {
  return {
    email: email ? { enabled: email.enabled, recipients: [...email.recipients] } : null,
    webhook: webhook ? { enabled: webhook.enabled, url: '', headers: Object.keys(webhook.headers).map((name) => ({ name, value: '', isKept: true })), secret: '' } : null,
    slack: chatOf(slack),
    teams: chatOf(teams),
    discord: chatOf(discord),
    kept: {
      ...(webhook && { webhook: { address: webhook.url ?? webhook.host, secretHint: webhook.secretHint, ...offOf(webhook) } }),
      ...(slack && { slack: addressOf(slack) }),
      ...(teams && { teams: addressOf(teams) }),
      ...(discord && { discord: addressOf(discord) }),
    },
  }
}

/** A rule as the form has it. */
export function draftOf(rule: AlertRule): RuleDraft {
  return {
    ...newDraft(rule.conditionType),
    conditionConfig: kindOf(rule.conditionType).draftOf(rule.conditionConfig),
    name: rule.name,
    description: rule.description,
    severity: rule.severity,
    accountId: rule.accountId ?? '',
    channelIds: [...rule.channelIds],
    escalation: escalationOf(rule),
    forMinutes: String(rule.forMinutes),
    keepFiringMinutes: String(rule.keepFiringMinutes),
    ...channelsOf(rule.notificationConfig),
  }
}

/** A draft of another rule like this one. It knows nothing of the channels' secrets, which are to be entered for it. */
export function copyOf(rule: AlertRule): RuleDraft {
  const { webhook, ...draft } = draftOf(rule)
  return { ...draft, name: texts.copyOf.copy({ name: rule.name }), webhook: webhook && { ...webhook, headers: webhook.headers.map(({ name }) => ({ name, value: '' })) }, kept: {} }
}
