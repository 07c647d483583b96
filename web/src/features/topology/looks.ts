import type { Link, LinkLook, Node } from './graph'
import { mixed, type Palette } from './palette'
import type { LinkDash, NodeLook } from './programs'

const FORMS = { group: 0, peer: 1, network: 2, resource: 3, router: 4, route: 5 } as const

/** Of a node that something else is looked at beside. */
const DIM = 0.22

interface Drawn {
  size: number
  color: string
  type: string
}

/** In pixels, where the whole is as large as the window: a large drawing has small nodes. */
export function sizeOf({ kind, peers }: Node, many: number): number {
  const scale = Math.min(1.15, Math.max(0.45, Math.sqrt(90 / many)))
  const all = peers.online + peers.offline + peers.unconfirmed
  if (kind === 'group') return scale * Math.min(22, 9 + 1.2 * Math.sqrt(all))
  return scale * (kind === 'peer' ? 5.5 : 9)
}

const FILLING: Record<Node['condition'], { fill: keyof Palette; ring: keyof Palette }> = {
  online: { fill: 'ok', ring: 'ok-text' },
  some: { fill: 'ok', ring: 'ok-text' },
  offline: { fill: 'bad', ring: 'bad-text' },
  unconfirmed: { fill: 'warn', ring: 'warn-text' },
  on: { fill: 'info', ring: 'info-text' },
  off: { fill: 'muted', ring: 'muted-text' },
  none: { fill: 'surface-3', ring: 'text-3' },
}

/** Online is full, in part is in part, unconfirmed is half, offline is empty with a cross, and what is off is empty. */
function shareOf({ condition, share }: Node): number {
  if (condition === 'offline') return -1
  if (condition === 'unconfirmed') return 0.5
  if (condition === 'off') return 0
  return share ?? 1
}

export function nodeLook(node: Node, { palette, many, loop, dim, selected }: { palette: Palette; many: number; loop: boolean; dim: boolean; selected: boolean }): Drawn & NodeLook {
  const { fill, ring } = FILLING[node.condition]
  const seen = (token: keyof Palette) => mixed(palette[token], palette['surface-0'], dim ? DIM : 1)
  return {
    type: 'node',
    size: sizeOf(node, many) * (selected ? 1.35 : 1),
    color: seen(fill),
    ring: selected ? palette['accent-text'] : seen(ring),
    ground: seen('surface-1'),
    form: FORMS[node.kind],
    share: shareOf(node),
    loop: loop || selected,
  }
}

const LINE: Record<LinkLook, { token: keyof Palette; share: number; size: number; dash: number }> = {
  allows: { token: 'accent-text', share: 0.75, size: 1.5, dash: 0 },
  drops: { token: 'bad-text', share: 0.9, size: 1.5, dash: 1 },
  mixed: { token: 'warn-text', share: 0.9, size: 1.5, dash: 3 },
  off: { token: 'text-3', share: 0.7, size: 1.2, dash: 2 },
  part: { token: 'line-strong', share: 1, size: 1, dash: 0 },
}

export function linkLook({ look, there, back }: Link, { palette, thin, dim, selected }: { palette: Palette; thin: boolean; dim: boolean; selected: boolean }): Drawn & LinkDash {
  const { token, share, size, dash } = LINE[look]
  const ways = there && back ? 'both' : there ? 'there' : back ? 'back' : 'line'
  return {
    type: look === 'part' ? 'line' : ways,
    size: (selected ? 3 : size) * (thin && !selected ? 0.7 : 1),
    color: mixed(palette[token], palette['surface-0'], selected ? 1 : dim ? DIM * share : thin ? share * 0.4 : share),
    dash,
  }
}
