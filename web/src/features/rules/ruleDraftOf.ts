import type { AlertRule } from '@/api/types'
import { newDraft, type RuleDraft } from './ruleDraft'

/** A rule as the form has it. What is never shown of a webhook is not there; what it has is named, and stays unless changed. */
export function draftOf(rule: AlertRule): RuleDraft {
  const { conditionConfig: config, notificationConfig } = rule
  const { email, webhook } = notificationConfig
  const blank = newDraft(rule.conditionType)
  const condition: Partial<RuleDraft> =
    'duration' in config
      ? { offlineThreshold: String(config.threshold ?? 1), duration: String(config.duration), countUnconfirmed: config.countUnconfirmed ?? false, alertPer: config.alertPer ?? 'rule' }
      : { countThreshold: String(config.threshold), operator: config.operator, status: config.status ?? 'any' }
  return {
    ...blank,
    ...condition,
    groups: [...(config.groups ?? [])],
    name: rule.name,
    description: rule.description,
    severity: rule.severity,
    accountId: rule.accountId ?? '',
    forMinutes: String(rule.forMinutes),
    keepFiringMinutes: String(rule.keepFiringMinutes),
    emailEnabled: email?.enabled ?? false,
    recipients: [...(email?.recipients ?? [])],
    webhookEnabled: webhook?.enabled ?? false,
    headers: Object.keys(webhook?.headers ?? {}).map((name) => ({ name, value: '', isKept: true })),
    kept: webhook ? { address: webhook.url ?? webhook.host, secretHint: webhook.secretHint } : null,
  }
}

/** A draft of another rule like this one. It knows nothing of the webhook's secrets, which are to be entered for it. */
export function copyOf(rule: AlertRule): RuleDraft {
  const draft = draftOf(rule)
  return { ...draft, name: `Copy of ${rule.name}`, headers: draft.headers.map(({ name }) => ({ name, value: '' })), kept: null }
}
