import { expect, test } from 'vitest'
import { addressOf, readQuestion, wholeQuestion } from '@/features/access/question'
import { parseSearch, stringifySearch } from '@/lib/search'
import { accessSearch } from './searches'

test.each([
  '?of=acc&from=group:g1&to=peer:p1&protocol=tcp&port=443',
  '?of=acc&from=peer:p1&to=route:r1',
  '?of=acc&from=peer:p1&to=resource:r:1&protocol=icmp',
  '?of=acc&from=group:g1&to=group:g1&port=0',
])('%s asks what it says, and is written as it was', (address) => {
  const search = accessSearch(parseSearch(address))
  const question = wholeQuestion(search.of, readQuestion(search))
  expect(question && stringifySearch({ ...addressOf(question) })).toBe(address)
})
