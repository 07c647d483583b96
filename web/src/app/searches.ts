import type { PeerSort } from '@/api/types'
import { oneOf, someOf, text, understood } from '@/lib/search'

type Raw = Record<string, unknown>

const SORTS = ['name', 'status', 'lastSeen', 'ip', 'os', 'version'] as const
const PEER_SORTS = [...SORTS, ...SORTS.map((key) => `-${key}` as const)] satisfies readonly PeerSort[]

export const peersSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    status: someOf(raw.status, ['online', 'offline', 'unconfirmed']),
    group: text(raw.group),
    os: text(raw.os),
    sort: oneOf(raw.sort, PEER_SORTS),
    peer: text(raw.peer),
  })

export const alertsSearch = (raw: Raw) =>
  understood({
    status: someOf(raw.status, ['open', 'acknowledged', 'resolved', 'suppressed']),
    severity: someOf(raw.severity, ['critical', 'high', 'medium', 'low']),
    rule: text(raw.rule),
  })

export const ruleFormSearch = (raw: Raw) => understood({ condition: oneOf(raw.condition, ['peer_offline', 'peer_count']), from: text(raw.from) })

export const membersSearch = (raw: Raw) =>
  understood({
    search: text(raw.search),
    role: someOf(raw.role, ['owner', 'admin', 'network_admin', 'viewer']),
    status: someOf(raw.status, ['active', 'inactive', 'invited']),
  })

export const tokensSearch = (raw: Raw) => understood({ of: oneOf(raw.of, ['all']) })
