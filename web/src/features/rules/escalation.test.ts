import { describe, expect, test } from 'vitest'
import { escalationErrors, escalationNames, escalationSentence, nameIn, nextStep, type EscalationStep } from './escalation'

const step = (afterMinutes: string, ...channelIds: string[]): EscalationStep => ({ afterMinutes, channelIds })
const channels = [
  { id: 'night', name: 'Night shift' },
  { id: 'head', name: 'Management' },
]

describe('the sentence', () => {
  test('tells of each step', () => {
    const steps = [step('15', 'night'), step('90', 'night', 'head')]
    expect(escalationSentence(steps, nameIn(channels))).toBe('If nobody acknowledges it within 15 min, also tell Night shift; within 1 h 30 min, also tell Night shift and Management.')
  })

  test('has gaps where something is missing', () => {
    expect(escalationSentence([step('', 'gone')], nameIn(channels))).toBe('If nobody acknowledges it within …, also tell ….')
    expect(escalationSentence([step('5')], nameIn(channels))).toBe('If nobody acknowledges it within 5 min, also tell ….')
    expect(escalationSentence([step('5', 'night')], nameIn(undefined, 'a shared channel'))).toBe('If nobody acknowledges it within 5 min, also tell a shared channel.')
  })

  test('has names for a sentence that counts', () => {
    const escalation = [
      { afterMinutes: 15, channelIds: ['night'] },
      { afterMinutes: 60, channelIds: ['head', 'gone'] },
    ]
    expect(escalationNames({ escalation }, nameIn(channels, 'a shared channel'))).toBe('Unacknowledged after 15 min: Night shift · after 1 h: Management and a shared channel')
  })

  test('is none without steps', () => expect(escalationSentence([], nameIn(channels))).toBe(''))
})

describe('steps', () => {
  test('that rise and tell somebody are right', () => expect(escalationErrors([step('1', 'night'), step('1440', 'night')])).toEqual({}))

  test.each(['', '0', '1.5', '1441', 'soon'])('after “%s” minutes are wrong', (minutes) => expect(Object.keys(escalationErrors([step(minutes, 'night')]))).toEqual(['/escalation/0/afterMinutes']))

  test('come after each other', () => {
    expect(escalationErrors([step('30', 'night'), step('30', 'head')])).toEqual({ '/escalation/1/afterMinutes': 'Must be more than the 30 min of the step before.' })
    // What is half written is no measure for the next one.
    expect(Object.keys(escalationErrors([step('30', 'night'), step('x', 'head'), step('20', 'head')]))).toEqual(['/escalation/1/afterMinutes', '/escalation/2/afterMinutes'])
  })

  test('tell somebody, and not too many', () => {
    expect(Object.keys(escalationErrors([step('5')]))).toEqual(['/escalation/0/channelIds'])
    expect(Object.keys(escalationErrors([step('5', ...Array.from('abcdefghijk'))]))).toEqual(['/escalation/0/channelIds'])
  })

  test('name not too many channels in all', () => {
    const steps = ['abcdefghij', 'klmnopqrst', 'u'].map((ids, index) => step(String(index + 1), ...Array.from(ids)))
    expect(Object.keys(escalationErrors(steps))).toEqual(['/escalation'])
    expect(escalationErrors(steps.slice(0, 2))).toEqual({})
  })

  test('begin with a proposal', () => {
    expect(nextStep([])).toEqual(step('15'))
    expect(nextStep([step('15', 'night')])).toEqual(step('30'))
    expect(nextStep([step('1000', 'night')])).toEqual(step('1440'))
    expect(nextStep([step('1440', 'night')])).toEqual(step(''))
    expect(nextStep([step('x', 'night')])).toEqual(step(''))
  })
})
