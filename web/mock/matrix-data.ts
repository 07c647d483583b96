import type { AccessMatrix } from '../src/api/types'
import { invalid, ok, problem, type Answer } from './answers'
import { FIELD, HQ } from './network-data'
import { before } from './times'

export type MatrixWay = 'usual' | 'nothing' | 'too-large' | 'read-anew'

type Cell = AccessMatrix['cells'][number]

/** As the list of groups has it. */
const idOf = (name: string) => `group-acc-hq-${name}`

const group = (name: string, peers: number) => ({ id: idOf(name), name, peers })

const USUAL = [group('All', 60), group('contractors', 4), group('laptops', 24), group('maintenance', 0), group('routers', 3), group('servers', 12)]

const policy = (name: string) => ({ id: `policy-${name}`, name })

function cell(from: string, to: string, verdict: Cell['verdict'], open: string[], more: Partial<Cell> = {}): Cell {
  const pairs = more.pairs ?? 40
  const allowed = verdict === 'allowed' ? pairs : verdict === 'partial' ? Math.floor(pairs / 3) : 0
  return { from: idOf(from), to: idOf(to), verdict, extent: verdict === 'allowed' ? 'all' : verdict === 'partial' ? 'some' : 'none', open, mayBeOpen: open, drops: false, policies: [policy('Laptops to servers')], pairs, allowed, unknown: 0, ...more }
}

const usual = (): Cell[] => [
  cell('laptops', 'servers', 'allowed', ['TCP 22', 'TCP 443'], { pairs: 288 }),
  cell('laptops', 'All', 'partial', ['TCP 22', 'TCP 443'], { pairs: 1416, drops: true, policies: [policy('No printing'), policy('Laptops to servers')] }),
  cell('All', 'routers', 'allowed', ['ICMP'], { pairs: 177, policies: [policy('Default')] }),
  cell('contractors', 'servers', 'denied', [], { pairs: 48, drops: true, policies: [policy('Contractors to wiki')] }),
  cell('contractors', 'laptops', 'unknown', [], { pairs: 96, mayBeOpen: ['UDP 53'], unknown: 96, policies: [policy('Where the office is')] }),
  cell('servers', 'servers', 'allowed', ['everything'], { pairs: 132, policies: [policy('Servers among themselves')] }),
]

const LONG = 'the whole warehouse in Lyon with its scanners, forklifts and everything that was ever bought for it'

function many(): Pick<AccessMatrix, 'groups' | 'cells'> {
  const groups = Array.from({ length: 40 }, (_, index) => group(index === 7 ? LONG : `team-${String(index + 1).padStart(2, '0')}`, 10 + index))
  const verdicts = ['allowed', 'partial', 'denied', 'unknown'] as const
  const cells = groups.flatMap((from, row) =>
    groups.flatMap((to, column) => ((row * 7 + column * 3) % 5 === 0 ? [cell(from.name, to.name, verdicts[(row + column) % 4] ?? 'allowed', ['TCP 443'])] : [])),
  )
  return { groups, cells }
}

/** Who reaches whom in the account that is asked for. */
export function answerMatrix(query: URLSearchParams, scenario: string, way: MatrixWay): Answer {
  const account = [HQ, FIELD].find(({ accountId }) => accountId === (query.get('accountId') ?? HQ.accountId))
  if (scenario === 'empty' || !account) return problem(404, 'not-found', 'Not found', 'There is no such account.')
  if (way === 'too-large') return problem(409, 'conflict', 'Not possible as things are', 'these groups have too many peers and rules to be judged together')
  if (way === 'read-anew') return problem(503, 'unavailable', 'Not available just now', 'the network is being read anew; try again after the next sync', {}, { 'retry-after': '30' })
  if (query.get('protocol') === 'icmp' && query.has('port')) return invalid('/port', 'cannot be given with icmp, which has no ports')
  const all = way === 'nothing' ? { groups: [], cells: [] } : scenario === 'many' || scenario === 'long-names' ? many() : { groups: USUAL, cells: usual() }
  const asked = query.get('groups')?.split(',')
  const groups = asked ? asked.map((id) => all.groups.find((one) => one.id === id)) : all.groups
  if (groups.includes(undefined)) return problem(404, 'not-found', 'Not found', 'There is no such group.')
  const shown = groups.filter((one) => one !== undefined)
  const isShown = (id: string) => shown.some((one) => one.id === id)
  const isAsked = ({ open, mayBeOpen }: Cell) => query.get('protocol') !== 'udp' || [...open, ...mayBeOpen].some((service) => service.startsWith('UDP'))
  const body: AccessMatrix = {
    ...account,
    groups: shown,
    cells: all.cells.filter((one) => isShown(one.from) && isShown(one.to) && isAsked(one)),
    omittedGroups: scenario === 'many' && !asked ? 160 : 0,
    omittedCells: 0,
    unread: account === FIELD ? ['posture checks'] : [],
    asOf: before(12_000),
  }
  return ok(body)
}
