import type { Option } from '@/components/list/definition'
import { named } from '@/lib/named'

/** What somebody did, by the code that the audit trail has for it. */
const ACTIONS: Readonly<Record<string, string>> = {
  'account.create': 'Connected a NetBird account',
  'account.update': 'Changed a NetBird account',
  'account.pause': 'Paused a NetBird account',
  'account.resume': 'Resumed a NetBird account',
  'account.delete': 'Deleted a NetBird account',
  'alert.trigger': 'Triggered an alert',
  'alert.comment': 'Commented on an alert',
  'alert.acknowledge': 'Acknowledged an alert',
  'alert.suppress': 'Suppressed an alert',
  'alert.reopen': 'Reopened an alert',
  'alert.resolve': 'Resolved an alert',
  'rule.create': 'Created a rule',
  'rule.update': 'Changed a rule',
  'rule.enable': 'Turned a rule on',
  'rule.disable': 'Turned a rule off',
  'rule.delete': 'Deleted a rule',
  'rule.send-test': 'Sent a test message',
  'rule.signing-secret': 'Rotated a rule’s signing secret',
  'rule.switch-channel-off': 'Switched off a rule’s channel after failures',
  'channel.create': 'Created a channel',
  'channel.update': 'Changed a channel',
  'channel.switch-off': 'Switched a channel off after failures',
  'channel.delete': 'Deleted a channel',
  'channel.send-test': 'Sent a test message on a channel',
  'channel.signing-secret': 'Rotated a channel’s signing secret',
  'delivery.send-again': 'Sent a notification again',
  'rota.create': 'Created a rota',
  'rota.update': 'Changed a rota',
  'rota.delete': 'Deleted a rota',
  'route.create': 'Created a route of alerts',
  'route.update': 'Changed a route of alerts',
  'route.delete': 'Deleted a route of alerts',
  'silence.create': 'Created a silence',
  'silence.update': 'Changed a silence',
  'silence.end': 'Ended a silence',
  'silence.delete': 'Deleted a silence',
  'proposal.create': 'Proposed a change',
  'proposal.update': 'Changed a proposal',
  'proposal.comment': 'Commented on a proposal',
  'proposal.approve': 'Approved a proposal',
  'proposal.reject': 'Rejected a proposal',
  'proposal.reopen': 'Reopened a proposal',
  'proposal.close': 'Closed a proposal',
  'proposal.delete': 'Deleted a proposal',
  'access-review.create': 'Created an access review',
  'access-review.update': 'Changed an access review',
  'access-review.sign-off': 'Signed an access review',
  'access-review.delete': 'Deleted an access review',
  'audit-export.create': 'Exported the audit trail as a file',
  'audit-export.delete': 'Deleted an export of the audit trail',
  'metric.delete': 'Removed a metric',
  'recipient.ask': 'Asked a recipient again',
  'recipient.answer': 'Accepted or declined alerts',
  'invitation.create': 'Invited a member',
  'invitation.update': 'Changed an invitation',
  'invitation.resend': 'Sent an invitation again',
  'invitation.accept': 'Accepted an invitation',
  'invitation.revoke': 'Revoked an invitation',
  'member.create': 'Joined by single sign-on',
  'member.link': 'Linked to single sign-on',
  'member.update': 'Changed a member',
  'member.remove': 'Removed a member',
  'member.leave': 'Left the tenant',
  'session.create': 'Signed in',
  'session.enter': 'Came from another tenant',
  'session.leave': 'Went to another tenant',
  'session.end': 'Ended a session',
  'session.revoke': 'Session ended: its refresh token was used twice',
  'profile.update': 'Changed their name',
  'email.request': 'Asked to change their email',
  'email.change': 'Changed their email',
  'password.change': 'Changed their password',
  'password.reset': 'Reset their password',
  'second_factor.begin': 'Started a second factor',
  'second_factor.enable': 'Turned their second factor on',
  'second_factor.renew': 'Renewed their recovery codes',
  'second_factor.disable': 'Turned their second factor off',
  'token.create': 'Created an API token',
  'token.revoke': 'Revoked an API token',
  'sso.update': 'Changed single sign-on',
  'sso.delete': 'Removed single sign-on',
  'tenant.create': 'Created the tenant',
  'tenant.update': 'Changed the tenant',
  'tenant.transfer': 'Transferred ownership',
  'tenant.delete': 'Deleted the tenant',
}

/** What it was done to, by the first part of the code. */
const KINDS: Readonly<Record<string, { title: string; about: string }>> = {
  account: { title: 'NetBird account', about: 'NetBird accounts' },
  alert: { title: 'Alert', about: 'alerts' },
  rule: { title: 'Rule', about: 'rules' },
  channel: { title: 'Channel', about: 'channels' },
  rota: { title: 'On-call rota', about: 'on-call rotas' },
  silence: { title: 'Silence', about: 'silences' },
  proposal: { title: 'Proposal', about: 'proposals' },
  'access-review': { title: 'Access review', about: 'access reviews' },
  'audit-export': { title: 'Export of the trail', about: 'exports of the trail' },
  delivery: { title: 'Notification', about: 'notifications' },
  metric: { title: 'Metric', about: 'metrics' },
  recipient: { title: 'Recipient', about: 'recipients' },
  invitation: { title: 'Invitation', about: 'invitations' },
  member: { title: 'Member', about: 'members' },
  session: { title: 'Session', about: 'signing in and out' },
  profile: { title: 'Profile', about: 'names' },
  email: { title: 'Email', about: 'email addresses' },
  password: { title: 'Password', about: 'passwords' },
  second_factor: { title: 'Second factor', about: 'second factors' },
  token: { title: 'API token', about: 'API tokens' },
  sso: { title: 'Single sign-on', about: 'single sign-on' },
  tenant: { title: 'Tenant', about: 'the tenant' },
}

/** In plain words; a code that only a newer server knows stands for itself. */
export const actionWords = (code: string): string => named(ACTIONS, code, () => code)

export const kindTitle = (kind: string): string => named(KINDS, kind, (words) => ({ title: words, about: words })).title

const kindOf = (code: string): string => code.slice(0, code.indexOf('.'))

const anythingAbout = (kind: string): string => named(KINDS, kind, () => ({ title: kind, about: kind })).about

/** A kind of action, or one action, as the list is narrowed to it. */
export const actionChoice = (value: string): string => (value.includes('.') ? actionWords(value) : `Anything about ${anythingAbout(value)}`)

/** Each kind, followed by the actions of it. */
export const ACTION_OPTIONS: readonly Option[] = Object.keys(KINDS).flatMap((kind) =>
  [kind, ...Object.keys(ACTIONS).filter((code) => kindOf(code) === kind)].map((value) => ({ value, label: actionChoice(value) })),
)
