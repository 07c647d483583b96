import { expect, test } from 'vitest'
import { ApiProblem } from '@/api/problem'
import type { AccessChange, Policy } from '@/api/types'
import { csvOf } from '@/components/list/csv'
import { draftOf, newDraft, policyDraft, toChange, withEnd, wrong } from './drafts'
import { COLUMNS, rowsOf } from '@/components/difference/file'
import { keep, keptUnder } from '@/lib/keptChanges'
import { changeLook } from '@/components/difference/choices'
import { partsOf, textOf, thingsIn } from '@/components/difference/parts'
import { problemsAt, problemsElsewhere } from '@/components/difference/problems'
import { omittedWords, summary } from '@/components/difference/words'

const RULE = { name: 'ssh', enabled: true, action: 'accept', protocol: 'tcp', ports: ['22'], bidirectional: false, sources: ['g1', 'g2'], destinations: ['g3'] }

const CHANGES: AccessChange[] = [
  { type: 'policy_switch', id: 'p1', enabled: false },
  { type: 'policy_delete', id: 'p2' },
  { type: 'group_members', id: 'g1', add: ['peer-1'], remove: ['peer-2'] },
  { type: 'router_switch', id: 'r1', enabled: true },
  { type: 'resource_switch', id: 'r1', enabled: false },
  { type: 'policy_put', policy: { name: 'New', enabled: true, postureChecks: ['c1'], rules: [RULE] } },
  { type: 'policy_put', policy: { id: 'p3', name: 'Old', enabled: false, postureChecks: [], rules: [{ ...RULE, protocol: 'all', ports: [], sources: [], sourceResource: { id: 'peer-1', type: 'peer' }, destinations: [], destinationResource: { id: 'r1', type: 'subnet' } }] } },
]

const said = (change: AccessChange) => {
  const parts = partsOf(change)
  return textOf(parts, thingsIn(parts).map(({ id }) => id))
}

test('each change is a sentence', () => {
  expect(CHANGES.map(said)).toEqual([
    'Switch off policy p1',
    'Delete policy p2',
    'Add peer-1 to g1, and remove peer-2',
    'Switch on router r1',
    'Switch off resource r1',
    'Add policy New: g1 and g2 may reach g3 on TCP 22, if 1 posture check holds',
    'Change policy Old (off): peer-1 may reach r1',
  ])
  const many = Array.from({ length: 9 }, (_, index) => `peer-${index}`)
  expect(said({ type: 'group_members', id: 'g1', add: many, remove: [] })).toBe('Add peer-0, peer-1, peer-2, peer-3 and 5 more to g1')
  expect(said({ type: 'group_members', id: 'g1', add: [], remove: ['peer-1'] })).toBe('Remove peer-1 from g1')
})

test('a name is not known before it is, and is gone only where that is known', () => {
  const parts = partsOf({ type: 'policy_delete', id: 'p2' })
  expect([textOf(parts, [undefined]), textOf(parts, [null]), textOf(parts, ['temp'])]).toEqual(['Delete policy …', 'Delete policy p2 (gone)', 'Delete policy temp'])
})

test('a change is edited without becoming another', () => {
  for (const change of CHANGES) {
    const draft = draftOf(change)
    expect(wrong(draft)).toEqual({})
    expect(toChange(draft)).toEqual(change)
  }
})

test('what is missing is said at its field', () => {
  expect(wrong(newDraft('delete-policy'))).toEqual({ '/id': 'Choose a policy.' })
  expect(Object.keys(wrong(newDraft('members', 'group:g1')))).toEqual(['/add'])
  expect(Object.keys(wrong({ ...newDraft('members', 'group:g1'), add: ['a'], remove: ['a'] }))).toEqual(['/remove'])
  expect(Object.keys(wrong(newDraft('new-policy')))).toEqual(['/name', '/rules/0/from', '/rules/0/to'])
})

test('a change begins with what it is about', () => {
  expect(newDraft('members', 'peer:p1')).toMatchObject({ id: undefined, add: ['p1'] })
  expect(newDraft('members', 'group:g1')).toMatchObject({ id: 'g1', add: [] })
  expect(newDraft('new-policy', 'group:g1').rules[0]?.from).toEqual([{ kind: 'group', id: 'g1' }])
})

test('a policy is changed from what it says', () => {
  const policy = { id: 'p1', name: 'Web', enabled: true, sourcePostureChecks: [{ id: 'c1' }], rules: [{ ...RULE, description: '', sentence: '', sources: [{ id: 'g1', name: 'laptops' }], destinations: [{ id: 'g2', name: 'servers' }] }] } as unknown as Policy
  expect(toChange(policyDraft(policy))).toEqual({ type: 'policy_put', policy: { id: 'p1', name: 'Web', enabled: true, postureChecks: ['c1'], rules: [{ ...RULE, sources: ['g1'], destinations: ['g2'] }] } })
})

test('a side is groups, or one of another kind', () => {
  const [g1, g2, p1] = [{ kind: 'group', id: 'g1' }, { kind: 'group', id: 'g2' }, { kind: 'peer', id: 'p1' }] as const
  expect([withEnd([g1, g2]), withEnd([g1, g2, p1]), withEnd([p1, g1]), withEnd([])]).toEqual([[g1, g2], [p1], [g1], []])
})

test('what the API finds wrong stands at its change, with where in it', () => {
  const error = new ApiProblem(422, {
    type: 'validation',
    title: 'Not valid',
    errors: [
      { pointer: '/changes/2/id', detail: 'is nothing of this account' },
      { pointer: '/changes/2/policy/rules/0/sources/1', detail: 'is not a group of this account' },
      { pointer: '/changes/12/add/0', detail: 'is not the id of a peer' },
      { pointer: '/accountId', detail: 'is no account' },
    ],
  })
  expect(problemsAt(error, 2)).toEqual(['is nothing of this account', 'rule 1, from 2: is not a group of this account'])
  expect(problemsAt(error, 12)).toEqual(['peer to add 1: is not the id of a peer'])
  expect([problemsAt(error, 1), problemsAt(new Error('no'), 2)]).toEqual([[], []])
  expect(problemsElsewhere(error)).toEqual(['is no account'])
})

test('the numbers come first, and nothing is no number', () => {
  const of = (pairsOpened: number, pairsClosed: number, unread: string[] = []) => summary({ pairsOpened, pairsClosed, unread, unchanged: pairsOpened + pairsClosed === 0 })
  expect([of(14, 3), of(1, 1), of(2, 0), of(0, 1), of(0, 1200), of(0, 0), of(0, 0, ['groups'])]).toEqual([
    '14 pairs open, 3 close',
    '1 pair opens, 1 closes',
    '2 pairs open, none closes',
    '1 pair closes, none opens',
    '1,200 pairs close, none opens',
    'Nothing opens or closes',
    'Nothing opens or closes, as far as is known',
  ])
  expect(omittedWords(1)).toBe('1 more difference, told peer by peer, is left out; the numbers above count it.')
})

test('the file has what opens and what closes', () => {
  const difference = { from: { type: 'group', id: 'g1', name: 'laptops' }, to: { type: 'resource', id: 'r1', name: '=wiki' }, services: ['TCP 22', 'ICMP'], pairs: 4, isCertain: false, policies: [{ id: 'new-0', name: 'New' }] }
  expect(csvOf(COLUMNS, rowsOf({ opened: [], closed: [difference] })).split('\r\n')[1]).toBe("closes,laptops,'=wiki,\"TCP 22, ICMP\",4,no,New,group,g1,resource,r1")
})

test('what is too long for an address is found again by whom it is of, and a few steps back', () => {
  const first = keep('nora', CHANGES)
  expect(keptUnder('nora', first)).toEqual(CHANGES)
  expect(keptUnder('jonas', first)).toBeUndefined()
  for (let step = 0; step < 20; step += 1) keep('nora', CHANGES.slice(0, 1))
  expect(keptUnder('nora', first)).toBeUndefined()
})

test('a change that only a newer API knows has a look, and its own name', () => {
  const change = { type: 'router_delete', id: 'r1' } as unknown as AccessChange
  expect(changeLook(change).title).toBe('Router delete')
  expect(textOf(partsOf(change), [])).toBe('Router delete')
})
