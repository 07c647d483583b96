import type { AccessMatrix, AccessMatrixCell, AccessMatrixGroup } from '../src/api/types'
import { file, ok, problem, type Answer } from './answers'
import { groups as allGroups } from './data'
import { FIELD, HQ } from './network-data'
import { before } from './times'

export type MatrixWay = 'usual' | 'cut' | 'nothing' | 'no-groups' | 'too-large' | 'read-anew'

type Told = Partial<AccessMatrixCell> & Pick<AccessMatrixCell, 'verdict'>

const named = (...names: string[]) => names.map((name) => ({ id: name === 'Laptops to servers' ? 'laptops' : `policy-${name}`, name }))
const WEB = ['TCP 22, 443']

/** By names, of which the first is the one that opens connections. */
const CELLS: Record<string, Told> = {
  'All db': { verdict: 'partial', open: ['TCP 5432'], policies: named('Laptops to servers') },
  'laptops servers': { verdict: 'partial', open: WEB, mayBeOpen: [...WEB, 'UDP 53'], drops: true, policies: named('No SSH to anything that holds customers’ data', 'Laptops to servers', 'Default'), unknown: 8 },
  'laptops laptops': { verdict: 'allowed', open: ['ICMP'], policies: named('Default') },
  'laptops db': { verdict: 'denied', drops: true, policies: named('No SSH to anything that holds customers’ data', 'Laptops to servers') },
  'contractors servers': { verdict: 'unknown', mayBeOpen: ['TCP 443'], policies: named('Contractors to wiki'), unknown: 5 },
  'servers db': { verdict: 'allowed', open: ['TCP 5432', 'UDP 53', 'ICMP'], policies: named('Laptops to servers', 'Default', 'Contractors to wiki', 'Backups', 'Monitoring') },
  'routers servers': { verdict: 'allowed', open: ['everything'], policies: named('Default') },
  // A verdict that only a newer API gives.
  'berlin routers': { verdict: 'of_tomorrow' as never, open: ['TCP 179'], policies: named('Default') },
}

function cell(from: AccessMatrixGroup, to: AccessMatrixGroup, { verdict, ...told }: Told): AccessMatrixCell | undefined {
  const pairs = from.peers * to.peers - (from.id === to.id ? from.peers : 0)
  if (pairs <= 0) return undefined
  const unknown = Math.min(told.unknown ?? 0, pairs)
  const allowed = verdict === 'allowed' ? pairs : verdict === 'partial' ? Math.max(1, Math.floor((pairs - unknown) / 3)) : 0
  const open = told.open ?? []
  return { from: from.id, to: to.id, verdict, extent: verdict === 'allowed' ? 'all' : verdict === 'partial' ? 'some' : 'none', drops: false, policies: [], mayBeOpen: open, ...told, open, pairs, allowed, unknown }
}

/** Of the first account, by what is tried. */
export const shownGroups = (scenario: string): AccessMatrixGroup[] => {
  const all = allGroups().filter(({ accountId }) => accountId === 'acc-hq').map(({ id, name, peersCount }) => ({ id, name, peers: peersCount }))
  const usual = [...all.filter(({ name }) => name !== 'db'), { id: 'group-acc-hq-db', name: 'db', peers: all.find(({ name }) => name === 'db')?.peers ?? 3 }]
  if (scenario === 'many') return [...usual, ...Array.from({ length: 180 - usual.length }, (_, index) => ({ id: `group-team-${index}`, name: `team-${String(index).padStart(2, '0')}`, peers: (index * 7) % 30 }))]
  if (scenario === 'long-names') return usual.map((group, index) => (index % 2 === 0 ? { ...group, name: `${group.name}-of-the-warehouse-in-lyon-second-floor`.slice(0, 40) } : group))
  return usual
}

/** By place, of what nothing is said by name: some of each. */
const MADE: readonly (Told | undefined)[] = [undefined, { verdict: 'allowed', open: WEB }, undefined, { verdict: 'partial', open: ['UDP 53'], unknown: 2 }, undefined, undefined, { verdict: 'unknown', mayBeOpen: ['ICMP'], unknown: 4 }, undefined, { verdict: 'denied', drops: true }, undefined, undefined]

/** As many as the API shows if none is asked for. */
const USUAL = 40

/** Who reaches whom; ids of groups are known by the account's own list. */
export function answerMatrix(query: URLSearchParams, scenario: string, way: MatrixWay, isFile: boolean): Answer {
  const account = [HQ, FIELD].find(({ accountId }) => accountId === (query.get('accountId') ?? HQ.accountId))
  if (scenario === 'empty' || !account) return problem(404, 'not-found', 'Not found', 'There is no such account.')
  const wanted = query.get('groups')?.split(',')
  // Of fewer groups a network that is too large may be asked for.
  if (way === 'too-large' && (wanted?.length ?? 99) > 2) return problem(409, 'conflict', 'Not possible as things are', 'these groups have too many peers and rules to be judged together')
  if (way === 'read-anew') return problem(503, 'unavailable', 'Not available just now', 'the network is being read anew; try again after the next sync', {}, { 'retry-after': '30' })
  const isField = account === FIELD
  const own = isField
    ? allGroups().filter(({ accountId }) => accountId === 'acc-field').map(({ id, name, peersCount }) => ({ id, name, peers: peersCount }))
    : shownGroups(scenario)
  if (wanted?.some((id) => !own.some((group) => group.id === id))) return problem(404, 'not-found', 'Not found', 'there is no such group')
  const groups = way === 'no-groups' ? [] : wanted ? wanted.flatMap((id) => own.filter((group) => group.id === id)) : own.slice(0, USUAL)
  const protocol = query.get('protocol') ?? 'all'
  const cells = groups.flatMap((from, row) =>
    groups.flatMap((to, column) => {
      const key = (name: string) => name.replace(/-of-the-.*/, '')
      const told = CELLS[`${key(from.name)} ${key(to.name)}`] ?? (scenario === 'many' ? MADE[(row * 5 + column * 3) % MADE.length] : undefined)
      const made = way === 'nothing' || !told || protocol === 'icmp' ? undefined : cell(from, to, told)
      return made ? [made] : []
    }),
  )
  const body: AccessMatrix = {
    ...account,
    groups,
    cells: way === 'cut' ? cells.slice(0, 4) : cells,
    omittedGroups: wanted ? 0 : own.length - groups.length,
    omittedCells: way === 'cut' ? Math.max(0, cells.length - 4) : 0,
    unread: isField ? ['posture checks'] : [],
    asOf: before(isField ? 74_000 : 12_000),
  }
  return isFile ? file('from,to,verdict,open', body.cells.map((one) => [groups.find(({ id }) => id === one.from)?.name, groups.find(({ id }) => id === one.to)?.name, one.verdict, one.open.join('; ')]), query) : ok(body)
}
