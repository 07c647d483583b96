import { Boxes, Monitor, Route, Server, type LucideIcon } from 'lucide-react'
import type { EndKind } from '@/lib/accessEnds'

/** How each kind is told apart, by icon and word. */
export const ENDS: Record<EndKind, { icon: LucideIcon; word: string; many: string }> = {
  group: { icon: Boxes, word: 'Group', many: 'Groups' },
  peer: { icon: Monitor, word: 'Peer', many: 'Peers' },
  resource: { icon: Server, word: 'Resource', many: 'Network resources' },
  route: { icon: Route, word: 'Route', many: 'Routes' },
}
