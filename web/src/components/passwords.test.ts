import { expect, test } from 'vitest'
import { passwordProblem } from './passwords'

test.each([
  ['fourteen chars', false, 'Use at least 15 characters.'],
  ['fifteen letters', false, undefined],
  ['7 chars', true, 'Use at least 8 characters.'],
  ['8 chars!', true, undefined],
  // Characters are counted, not the halves that scripts see.
  ['🔑'.repeat(14), false, 'Use at least 15 characters.'],
  ['🔑'.repeat(256), false, undefined],
  ['x'.repeat(257), false, 'Use at most 256 characters.'],
])('%s', (password, secondFactor, problem) => {
  expect(passwordProblem(password, secondFactor)).toBe(problem)
})
