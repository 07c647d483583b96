import { expect, test } from 'vitest'
import { approvalBy, changedWords, decisionsOf, didWords, namesThen, talk } from './standing'

const NORA = { id: 'nora', name: 'Nora' }
const JONAS = { id: 'jonas', name: 'Jonas' }

test('comments and decisions stand as they came', () => {
  const said = talk({
    comments: [
      { at: '2026-11-29T10:00:00Z', by: NORA, message: 'first' },
      // A later moment, though its writing sorts before the others.
      { at: '2026-11-29T09:30:00-04:00', by: NORA, message: 'last' },
    ],
    decisions: [{ at: '2026-11-29T11:00:00Z', by: JONAS, decision: 'approve', message: '', isAlone: false }],
  })
  expect(said.map((one) => (one.kind === 'comment' ? one.message : one.decision))).toEqual(['first', 'approve', 'last'])
  expect(didWords('reopen')).toBe('reopened this')
})

test('what can be decided hangs on the state', () => {
  expect(decisionsOf('open')).toEqual(['approve', 'reject', 'close'])
  expect(decisionsOf('approved')).toEqual(['close', 'reject', 'reopen'])
  expect(decisionsOf('rejected')).toEqual(['reopen'])
  expect(decisionsOf('closed')).toEqual(['reopen'])
})

test('four eyes', () => {
  expect(approvalBy('nora', { createdBy: JONAS, changedBy: JONAS })).toBe('yes')
  expect(approvalBy('nora', { createdBy: NORA, changedBy: JONAS })).toBe('own')
  expect(approvalBy('nora', { createdBy: JONAS, changedBy: NORA })).toBe('own')
  expect(approvalBy('nora', { createdBy: NORA, changedBy: NORA, soleApprover: 'nora' })).toBe('alone')
  expect(approvalBy('nora', { createdBy: NORA, changedBy: NORA, soleApprover: 'jonas' })).toBe('own')
})

test('what changed since, in words', () => {
  expect(changedWords({ list: 'policies', id: 'ssh', name: 'SSH', change: 'gone' })).toBe('Policy SSH is gone')
  expect(changedWords({ list: 'peers', id: 'a', name: 'a', nameNow: 'b', change: 'renamed' })).toBe('Peer a is called b now')
  expect(changedWords({ list: 'groups', id: 'g', name: '', change: 'changed' })).toBe('Group g was changed')
  expect(changedWords({ list: 'groups', id: 'g', name: 'x', nameNow: 'y', change: 'changed' })).toBe('Group x was changed, and is called y now')
})

test('things are called what they were called then', () => {
  const name = namesThen([{ list: 'groups', id: 'g', name: 'kiosks', isChanged: true }])
  expect(name({ kind: 'group', id: 'g' })).toBe('kiosks')
  expect(name({ kind: 'policy', id: 'g' })).toBeUndefined()
  expect(name({ kind: 'group', id: 'h' })).toBeUndefined()
})
