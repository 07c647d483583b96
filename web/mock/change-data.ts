import type { Change, ChangeDetail } from '../src/api/types'
import { ok, problem, type Answer } from './answers'
import { HQ } from './network-data'
import { before, HOUR } from './times'

type Field = Change['fields'][number]

const field = (path: string, more: Partial<Field>): Field => ({ path, added: [], removed: [], moreAdded: 0, moreRemoved: 0, ...more })

function change(number: number, kind: Change['kind'], resource: Change['resource'], itemName: string, sentences: string[], more: Partial<Change> = {}): Change {
  const at = before(number * 3 * HOUR)
  const itemId = itemName === '' ? '' : `${resource}-${itemName}`
  return { ...HQ, id: `acc-hq_${String(number)}_0_0`, at, seenAt: at, resource, itemId, itemName, kind, sentences, fields: [], omittedFields: 0, by: { id: 'user-admin', name: 'admin', email: 'admin@acme.example' }, eventId: String(900 - number), ...more }
}

const LONG = 'the rule by which everything in the warehouse in Lyon may reach whatever it has ever needed, and a little more'

export const changes = (): Change[] => [
  change(1, 'updated', 'policies', 'Laptops to servers', ['Policy “Laptops to servers”: rule “ssh”: ports: 443 added', 'Policy “Laptops to servers”: posture check “min-version” removed'], {
    itemId: 'laptops',
    fields: [field('rules.ssh.ports', { added: ['443'] }), field('sourcePostureChecks', { removed: ['min-version'] }), field('enabled', { before: false, after: true })],
  }),
  change(2, 'updated', 'groups', 'servers', ['Group “servers”: web-1, web-2 and 61 more added'], { itemId: 'group-acc-hq-servers', fields: [field('peers', { added: ['web-1', 'web-2'], moreAdded: 61, removed: ['db-old'] })] }),
  change(3, 'created', 'setup_keys', 'kiosks', ['Setup key “kiosks” created'], { by: { id: 'user-jonas', name: null, email: 'jonas@acme.example' } }),
  change(4, 'deleted', 'routes', 'legacy', ['Route “legacy” deleted'], { by: null, eventId: null, after: before(13 * HOUR) }),
  change(5, 'updated', 'policies', LONG, [`Policy “${LONG}”: description changed`], { fields: [field('description', { before: 'short', after: LONG })], omittedFields: 3 }),
  change(6, 'omitted', 'groups', '', ['300 more changes of groups were not kept one by one'], { by: null, eventId: null }),
  change(7, 'uncompared', 'networks', '', ['The list of networks was read anew: what changed until then is not known'], { by: null, eventId: null }),
]

/** The change log, and one of its entries. */
export function answerChanges(method: string, path: string, query: URLSearchParams, isEmpty: boolean): Answer | undefined {
  if (method !== 'GET' || !path.startsWith('/api/netbird/changes')) return undefined
  const all = isEmpty ? [] : changes()
  const id = path.slice('/api/netbird/changes/'.length)
  if (id !== '') {
    const found = all.find((one) => one.id === decodeURIComponent(id))
    if (!found) return problem(404, 'not-found', 'Not found', 'There is no such change.')
    const raw: ChangeDetail['raw'] = found.resource === 'policies' ? { before: { name: found.itemName, enabled: false }, after: { name: found.itemName, enabled: true }, isCut: false } : { isCut: found.resource === 'setup_keys' }
    return ok({ ...found, raw })
  }
  const isAsked = (name: string, value: string) => (query.get(name)?.split(',') ?? [value]).includes(value)
  const text = query.get('search')?.toLowerCase() ?? ''
  return ok(
    all.filter(
      (one) =>
        isAsked('resource', one.resource) &&
        isAsked('kind', one.kind) &&
        isAsked('itemId', one.itemId) &&
        isAsked('by', one.by?.id ?? '') &&
        one.at >= (query.get('from') ?? '') &&
        one.at < (query.get('to') ?? '9') &&
        JSON.stringify(one).toLowerCase().includes(text),
    ),
  )
}
