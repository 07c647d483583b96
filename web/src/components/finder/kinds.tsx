import { Boxes, ClipboardCheck, Monitor, Route, Server, Waypoints, Workflow, type LucideIcon } from 'lucide-react'
import type { FoundKind } from '@/queries/found'

/** How each kind is told apart, by icon and word. */
export const KINDS: Record<FoundKind, { icon: LucideIcon; word: string; many: string }> = {
  group: { icon: Boxes, word: 'Group', many: 'Groups' },
  peer: { icon: Monitor, word: 'Peer', many: 'Peers' },
  resource: { icon: Server, word: 'Resource', many: 'Network resources' },
  route: { icon: Route, word: 'Route', many: 'Routes' },
  policy: { icon: Waypoints, word: 'Policy', many: 'Policies' },
  router: { icon: Workflow, word: 'Router', many: 'Network routers' },
  check: { icon: ClipboardCheck, word: 'Posture check', many: 'Posture checks' },
}
