import type { Event } from '@/api/types'
import { changedKind, type ItemKind } from '@/components/items/kinds'
import { isIp } from '@/lib/ip'

/** What a code begins with, and the kind of what such an event is about; the first that fits. */
const KINDS: readonly (readonly [string, ItemKind])[] = [
  ['user.peer', 'peer'],
  ['setupkey.peer', 'peer'],
  ['peer', 'peer'],
  ['platform.peer', 'peer'],
  ['policy', 'policy'],
  ['rule', 'policy'],
  ['group', 'group'],
  ['service.user', 'user'],
  ['personal.access.token', 'user'],
  ['transferred.owner.role', 'user'],
  ['dashboard.login', 'user'],
  ['user', 'user'],
  ['setupkey', 'setup-key'],
  ['route', 'route'],
  ['nameserver.group', 'nameserver'],
  ['posture.check', 'posture-check'],
  ['resource.group', 'group'],
  ['network', 'network'],
]

/** Whether what an event is about went with it. What came into a group or left it is still there. */
function isGone(code: string): boolean {
  if (code.startsWith('personal.access.token.')) return false
  return code === 'nameserver.group.delete' || (/\.deleted?$/.test(code) && !code.endsWith('.group.delete'))
}

/** What a person would look at next: what the event is about, where that has a page and is likely to be there. */
export function targetOf({ activityCode: code, targetId, meta, source, changes }: Pick<Event, 'activityCode' | 'targetId' | 'meta' | 'source' | 'changes'>): { kind: ItemKind; id: string } | undefined {
  const change = changes[0]
  // Of changes that NetBird does not tell, the log of changes does.
  if (source === 'platform' && change) {
    const kind = changedKind(change.resource)
    return kind && change.kind !== 'deleted' && change.itemId !== '' ? { kind, id: change.itemId } : undefined
  }
  const kind = KINDS.find(([beginning]) => code === beginning || code.startsWith(`${beginning}.`))?.[1]
  // A network's resources and routers have no pages, but it has.
  const id = kind === 'network' ? (meta.network_id ?? (/^network\.(resource|router)\./.test(code) ? '' : targetId)) : targetId
  // Some of NetBird's events about peers have an address where the id is meant to be.
  if (kind === undefined || id === '' || (isGone(code) && meta.network_id === undefined) || isIp(id)) return undefined
  return { kind, id }
}
