import { expect, test } from 'vitest'
import { gapsInWords, hasGaps, listTitles } from './gaps'

const account = (status: 'healthy' | 'degraded', notOffered: string[], notReadable: string[] = []) => ({ status, notOffered, notReadable })

const NOT_GIVEN = 'The server does not give posture checks and DNS settings to this token: its release does not have them, or the role of the token’s user is too small.'

test('lists have names that a reader knows', () => {
  expect(listTitles(['accounts', 'dns settings', 'setup keys'])).toEqual(['the account’s settings', 'DNS settings', 'setup keys'])
})

test('the rest is read only where nothing else is wrong', () => {
  const lists = ['posture checks', 'dns settings']
  expect(gapsInWords(account('healthy', lists))).toEqual([`${NOT_GIVEN} Everything else is read.`])
  expect(gapsInWords(account('degraded', lists))).toEqual([NOT_GIVEN])
  expect(gapsInWords(account('healthy', lists, ['routes']))[0]).toBe(NOT_GIVEN)
})

test('what could not be read is from before', () => {
  expect(gapsInWords(account('degraded', [], ['nameservers']))).toEqual(['The server’s answer for nameservers could not be read: what is shown of them is from before.'])
  expect(gapsInWords(account('degraded', [], ['nameservers', 'accounts']))).toEqual([
    'The server’s answers for nameservers and the account’s settings could not be read: what is shown of them is from before.',
  ])
})

test('an account that is read whole has no gaps', () => {
  expect(gapsInWords(account('healthy', [], []))).toEqual([])
  expect([account('healthy', []), account('healthy', ['routes']), account('degraded', [], ['routes'])].map(hasGaps)).toEqual([false, true, true])
})
