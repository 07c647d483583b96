import type { AccessChange, AccessDifferences, AccessProposal, AccessProposalDecisionInput, AccessProposalInput, AccessProposalNow, AccessProposalStanding, ProposalState } from '../src/api/types'
import { done, invalid, list, ok, problem, type Answer } from './answers'
import { answerDifference } from './difference-data'
import { FIELD, HQ } from './network-data'
import { before, DAY, HOUR, MINUTE } from './times'

const NORA = { id: '0193a000-0000-7000-8000-000000000001', name: 'Nora Adler' }
const JONAS = { id: '0193a000-0000-7000-8000-000000000002', name: 'Jonas Weber' }

const group = (name: string): string => `group-acc-hq-${name}`

const JOINED: AccessChange = { type: 'group_members', id: group('contractors'), add: ['peer-7'], remove: [] }
const ADDED: AccessChange = {
  type: 'policy_put',
  policy: { name: 'Contractors to databases', enabled: true, postureChecks: [], rules: [{ name: '', enabled: true, action: 'accept', protocol: 'tcp', ports: ['5432'], bidirectional: false, sources: [group('contractors')], destinations: [group('db')] }] },
}
const OFF: AccessChange = { type: 'policy_switch', id: 'wiki', enabled: false }
const DELETED: AccessChange = { type: 'policy_delete', id: 'laptops' }
const OF_GONE: AccessChange = { type: 'group_members', id: 'group-gone', add: ['peer-7'], remove: [] }

const APPLIES: AccessProposalStanding = { standing: 'applies', problems: [], isStale: false, changedSince: [], inPlace: [] }

const idOf = (number: number): string => `0193f100-0000-7000-8000-${String(number).padStart(12, '0')}`

interface Made extends Omit<Partial<AccessProposal>, 'state'> {
  now?: Partial<AccessProposalStanding>
}

function made(number: number, state: ProposalState, title: string, changes: AccessChange[], { now, ...more }: Made): AccessProposalNow {
  const createdAt = before(number * 5 * HOUR)
  const proposal: AccessProposal = {
    id: idOf(number),
    ...HQ,
    title,
    state,
    description: '',
    changes,
    changeCount: changes.length,
    touched: [],
    asOf: createdAt,
    comments: [],
    commentCount: more.comments?.length ?? 0,
    decisions: [],
    createdAt,
    createdBy: JONAS,
    changedAt: createdAt,
    changedBy: JONAS,
    updatedAt: more.comments?.at(-1)?.at ?? createdAt,
    version: 3,
    ...more,
  }
  return { proposal, now: { ...APPLIES, ...now } }
}

const proposals = (): AccessProposalNow[] => [
  made(1, 'open', 'Let contractors use the databases', [JOINED, ADDED], {
    description: 'They migrate the customer data until the end of the month.\nAfterwards the policy goes again.',
    comments: [
      { at: before(3 * HOUR), by: NORA, message: 'Do they need all of them, or would a replica do?' },
      { at: before(40 * MINUTE), by: JONAS, message: 'All of them: each has another customer.' },
    ],
    now: { inPlace: [0] },
  }),
  made(2, 'open', 'Switch the wiki off for contractors', [OFF], {
    createdBy: NORA,
    changedBy: NORA,
    touched: [{ list: 'policies', id: 'wiki', name: 'Contractors to wiki', isChanged: true }],
    now: {
      isStale: true,
      changedSince: [
        { list: 'policies', id: 'wiki', name: 'Contractors to wiki', change: 'changed' },
        { list: 'groups', id: group('contractors'), name: 'externals', nameNow: 'contractors', change: 'renamed' },
      ],
    },
  }),
  made(3, 'approved', 'Take the laptops’ way to the servers away', [DELETED], {
    decisions: [{ at: before(2 * HOUR), by: NORA, decision: 'approve', message: 'Thursday night, please.', isAlone: false }],
  }),
  made(4, 'open', 'Add the build machine to the kiosks', [OF_GONE], {
    touched: [{ list: 'groups', id: 'group-gone', name: 'kiosks', isChanged: true }],
    now: { standing: 'gone', reason: 'something that it names is not there any more', problems: [{ pointer: '/changes/0/id', detail: 'is not the id of a group of this account' }], isStale: true, changedSince: [{ list: 'groups', id: 'group-gone', name: 'kiosks', change: 'gone' }] },
  }),
  made(5, 'closed', 'Switch the wiki off over the holidays', [OFF], {
    createdBy: NORA,
    changedBy: NORA,
    keptUntil: before(-60 * DAY),
    decisions: [
      { at: before(30 * HOUR), by: NORA, decision: 'approve', message: '', isAlone: true },
      { at: before(26 * HOUR), by: NORA, decision: 'close', message: 'Done in NetBird.', isAlone: false },
    ],
    now: { standing: 'in_place', inPlace: [0] },
  }),
  made(6, 'rejected', 'Let everybody reach everything in the field', [ADDED], {
    ...FIELD,
    decisions: [{ at: before(20 * HOUR), by: NORA, decision: 'reject', message: 'Too much for one laptop.', isAlone: false }],
    keptUntil: before(-80 * DAY),
    now: { standing: 'unknown', reason: 'the policies of the account cannot be read just now' },
  }),
]

/** It is worked out anew of the network as it is. */
function judged({ proposal, now }: AccessProposalNow, scenario: string): AccessProposalNow {
  if (now.standing !== 'applies') return { proposal, now }
  const found = answerDifference({ accountId: proposal.accountId, changes: proposal.changes.filter((_, index) => !now.inPlace.includes(index)) }, scenario, 'usual')
  return { proposal, now: { ...now, difference: typeof found === 'string' ? null : (found.body as AccessDifferences) } }
}

const BECOMES: Record<AccessProposalDecisionInput['decision'], ProposalState> = { approve: 'approved', reject: 'rejected', reopen: 'open', close: 'closed' }

const LONG = ' for the warehouse in Lyon, second floor, and everything that belongs to it'

const stretched = ({ proposal, ...rest }: AccessProposalNow): AccessProposalNow => ({ ...rest, proposal: { ...proposal, title: `${proposal.title}${LONG}`.slice(0, 100), createdBy: { ...proposal.createdBy, name: 'Maximiliane von und zu Hohenfels-Wittgenstein' }, accountName: 'Laboratory of the long corridor, floor 2' } })

/** What proposals answer. */
export function answerProposals(method: string, path: string, query: URLSearchParams, body: unknown, scenario: string): Answer | undefined {
  const [, id, act] = /^\/api\/access\/proposals(?:\/([^/]+))?(?:\/(comments|decision))?$/.exec(path) ?? []
  if (!path.startsWith('/api/access/proposals')) return undefined
  const all = scenario === 'empty' ? [] : proposals().map((one) => (scenario === 'long-names' ? stretched(one) : one))
  const by = { at: before(0), by: NORA }
  if (id === undefined) {
    if (method === 'POST') {
      const { title, changes, description = '' } = body as AccessProposalInput
      const first = proposals()[0]
      if (title === 'taken') return invalid('/changes/0/id', 'is not the id of anything in this account that this change applies to')
      return ok({ ...first?.proposal, title, changes, description, changeCount: changes.length }, 201)
    }
    const [states, search] = [query.get('state')?.split(','), query.get('search')?.toLowerCase() ?? '']
    const found = all
      .map(({ proposal }) => proposal)
      .filter(({ state, accountId, title, createdBy }) => (!states || states.includes(state)) && (!query.has('accountId') || query.get('accountId') === accountId) && `${title} ${createdBy.name}`.toLowerCase().includes(search))
    return list(found)
  }
  const found = all.find(({ proposal }) => proposal.id === id)
  if (!found) return problem(404, 'not-found', 'Not found', 'There is no such proposal.')
  const { proposal } = found
  const next = { ...proposal, version: proposal.version + 1 }
  if (method === 'DELETE') return done
  if (act === 'comments') {
    return ok({ ...by, message: (body as { message: string }).message }, 201)
  }
  if (act === 'decision') {
    const { decision, message } = body as AccessProposalDecisionInput
    if (message === 'late') return problem(412, 'precondition-failed', 'Changed meanwhile', 'It was changed meanwhile: look at it again.')
    return ok({ ...next, state: BECOMES[decision], decisions: [...proposal.decisions, { ...by, decision, message: message ?? '', isAlone: false }] })
  }
  if (method === 'PUT') return ok({ ...next, ...(body as AccessProposalInput), state: 'open' })
  return ok(judged(found, scenario))
}
