import { expect, test } from 'vitest'
import { explainReason } from './connectionReasons'

test('a reason that is known is explained in our words', () => {
  expect(explainReason({ code: 'not_synced', detail: 'no sync since 15:31' }).title).toBe('Not synced in time')
})

test('one that only a newer API knows is told in its words', () => {
  expect(explainReason({ code: 'moon_phase' as never, detail: 'The moon is full.' }).remedy).toBe('The moon is full.')
  expect(explainReason({ code: 'moon_phase' as never, detail: '' }).remedy).not.toBe('')
})
