import type { ImportedRule, RulesImport } from '../src/api/types'
import { rules } from './alerting-data'
import { ok, type Answer } from './answers'
import { RULES } from './rule-ids'

const DOCUMENT = `# Alert rules. What is changed here takes effect when it is imported again; rules are recognised by their names.
version: 1
rules:
  - name: Routing peer down
    conditionType: peer_offline
    conditionConfig:
      threshold: 1
      duration: 3
      groups: [routers]
    severity: critical
    enabled: true
    channels: [Duty officers, Network operations]
`

/** Reads the names and no more: one that is there is changed, another made, and “broken” is wrong. */
function plan(text: string, dryRun: boolean, prune: boolean): RulesImport {
  const names = [...text.matchAll(/name"?: *"?([^"\n]+)/g)].map(([, name = '']) => name.trim())
  const there = rules()
  const isThere = (name: string) => there.some((rule) => rule.name === name)
  const view = ({ id, name, sentence }: ImportedRule): ImportedRule => ({ ...(id && { id }), name, sentence })
  const line = text.split('\n').findIndex((one) => one.includes('broken')) + 1
  const others = there.filter(({ name }) => !names.includes(name)).map(view)
  const isSame = (name: string) => name === 'Setup keys run out'
  return {
    dryRun,
    created: names.filter((name) => !isThere(name) && name !== 'broken').map((name) => ({ ...(!dryRun && { id: RULES.created }), name, sentence: 'When any peer of routers is offline for 3 min, tell Duty officers.' })),
    changed: there
      .filter(({ name }) => names.includes(name) && !isSame(name))
      .map((rule) => ({
        ...view(rule),
        fields: [
          { pointer: '/conditionConfig/duration', from: 3, to: 10 },
          { pointer: '/conditionConfig/groups', from: ['routers'], to: ['routers', 'edge-routers-of-the-sites-in-the-north'] },
          { pointer: '/notificationConfig/webhook/url' },
        ],
      })),
    unchanged: there.filter(({ name }) => names.includes(name) && isSame(name)).map(view),
    deleted: prune ? others : [],
    kept: prune ? [] : others,
    errors:
      line > 0
        ? [
            { pointer: `/rules/${names.indexOf('broken')}/conditionConfig/duration`, detail: 'must be 0 to 10080', line },
            { pointer: `/rules/${names.indexOf('broken')}/channels/0`, detail: 'no channel of the tenant is called “Night shift”', line },
          ]
        : [],
  }
}

/** The rules as a document: written, tried and read. */
export function answerRulesDocument(route: string, query: URLSearchParams, body: unknown): Answer | undefined {
  switch (route) {
    case 'GET /api/alerts/rules/export':
      return { status: 200, body: DOCUMENT, headers: { 'content-type': 'application/yaml' } }
    case 'POST /api/alerts/rules/import':
      return ok(plan(typeof body === 'string' ? body : JSON.stringify(body), query.get('dryRun') === 'true', query.get('prune') === 'true'))
    default:
      return undefined
  }
}
