import type { AlertRule, ApplyRuleTemplates, RuleTemplate } from '../src/api/types'
import { rules } from './alerting-data'
import { invalid, list, ok, type Answer } from './answers'
import { RULES } from './rule-ids'

type Rule = RuleTemplate['rule']

const template = (id: string, name: string, description: string, sentence: string, rule: Pick<Rule, 'conditionType' | 'conditionConfig' | 'severity'> & Partial<Rule>, more: Partial<RuleTemplate> = {}): RuleTemplate => ({
  id,
  name,
  description,
  sentence,
  recommended: false,
  needs: [],
  rule: { name, description, forMinutes: 0, keepFiringMinutes: 0, notificationConfig: {}, ...rule },
  ...more,
})

export const templates = (): RuleTemplate[] => [
  template(
    'many-offline',
    'Many peers are offline at once',
    'Fewer than 70 % of all peers are online: a site, a provider or the relay is down. Lower the share where most peers are laptops.',
    'When less than 70 % of the peers of the network are online, and stays so for 3 min, open an alert.',
    { conditionType: 'group_health', conditionConfig: { percent: 70 }, severity: 'critical', forMinutes: 3, keepFiringMinutes: 5 },
    { recommended: true },
  ),
  template(
    'network-unrouted',
    'A network has no router online',
    'Nobody routes to a network that has resources, so that nobody reaches them. Look at its routing peers, and add a second one.',
    'When a network or route has no routing peer online, and stays so for 2 min, open an alert.',
    { conditionType: 'network_unrouted', conditionConfig: { networks: [], routes: true }, severity: 'high', forMinutes: 2 },
    { recommended: true },
  ),
  template(
    'approval-pending',
    'A new peer waits for approval',
    'Somebody set up a device that reaches nothing before it is approved. Approve it in NetBird, or remove it.',
    'When any peer of the network awaits approval, open an alert.',
    { conditionType: 'approval_pending', conditionConfig: { alertPer: 'peer' }, severity: 'low' },
    { recommended: true },
  ),
  template(
    'setup-key-expires',
    'A setup key expires',
    'Machines that are set up with it find no way in from then on. Make a new one, and replace it where it is used.',
    'When a setup key expires within 14 days, or is used up, open an alert.',
    { conditionType: 'setup_key_expiring', conditionConfig: { days: 14, usedUp: true }, severity: 'medium' },
    { recommended: true },
  ),
  template(
    'server-offline',
    'A server is offline',
    'A peer that should always be there has been away for 5 minutes.',
    'When any peer of the network is offline for 5 min, open an alert.',
    { conditionType: 'peer_offline', conditionConfig: { threshold: 1, duration: 5, countUnconfirmed: false, alertPer: 'peer' }, severity: 'high' },
    { needs: ['group'] },
  ),
  template(
    'group-half-offline',
    'A group loses half of its peers',
    'Fewer than half of the peers of a group are online.',
    'When less than 50 % of the peers of the network are online, open an alert.',
    { conditionType: 'group_health', conditionConfig: { percent: 50 }, severity: 'critical', keepFiringMinutes: 5 },
    { needs: ['group'] },
  ),
  template(
    'login-expired',
    'A login has expired',
    'A peer stays away until its user signs in again.',
    'When any peer of the network needs to sign in again, open an alert.',
    { conditionType: 'login_expired', conditionConfig: { alertPer: 'peer' }, severity: 'low' },
  ),
  template(
    'client-too-old',
    'A client is too old',
    'A peer runs a client older than the version of the rule. Set the version to the oldest that you support.',
    'When one or more peers of the network run a client older than 0.60.0, open an alert.',
    { conditionType: 'client_version', conditionConfig: { minimum: '0.60.0', alertPer: 'peer' }, severity: 'low' },
  ),
  template(
    'peer-flapping',
    'A peer comes and goes',
    'A peer came or went six times within an hour: its link, its power or its client is unwell, and none of it lasts long enough for other rules to tell of it.',
    'When any peer of the network comes or goes 6 times or more within 1 h, open an alert.',
    { conditionType: 'peer_flapping', conditionConfig: { minChanges: 6, withinMinutes: 60 }, severity: 'medium' },
  ),
  // A tenant of the mock has a rule of this name.
  template(
    'keys-run-out',
    'Setup keys run out',
    'Renew the key, and tell whoever sets up machines with it.',
    'When a setup key expires within 7 days, or is used up, open an alert.',
    { conditionType: 'setup_key_expiring', conditionConfig: { days: 7, usedUp: true }, severity: 'low' },
  ),
]

function applied({ templateIds, groups }: ApplyRuleTemplates): Answer {
  const chosen = templates().filter(({ id }) => templateIds.includes(id))
  if (groups?.includes('nowhere')) return invalid('/groups', 'no account has a group called “nowhere”')
  const [like] = rules()
  const created = chosen.map(({ id, rule }) => ({ ...like, ...rule, id: `rule-${id}` }) as AlertRule)
  // Somebody was faster with this one.
  const skipped = created.filter(({ id }) => id === 'rule-login-expired').map(({ name }) => ({ templateId: 'login-expired', name, ruleId: RULES.any }))
  return ok({ created: created.filter(({ id }) => id !== 'rule-login-expired'), skipped }, 201)
}

/** Rules to start from, and what is made of them. */
export function answerTemplates(route: string, body: unknown): Answer | undefined {
  switch (route) {
    case 'GET /api/alerts/rule-templates':
      return list(templates())
    case 'POST /api/alerts/rule-templates/apply':
      return applied(body as ApplyRuleTemplates)
    default:
      return undefined
  }
}
