// @vitest-environment jsdom
import { describe, expect, test } from 'vitest'
import { isOurs, isWebAddress, localPath } from './addresses'

const ORIGIN = 'https://platform.example'

const AWAY: Record<string, unknown> = {
  'another site': 'http://evil.example/phish',
  'another site, securely': 'https://evil.example',
  'no scheme': '//evil.example',
  'three slashes': '///evil.example',
  'a backslash': '/\\evil.example',
  'two backslashes': '\\\\evil.example',
  'a backslash further on': '/peers\\..\\..\\evil',
  'an encoded backslash': '/%5cevil.example',
  'an encoded backslash in capitals': '/%5C%5Cevil.example',
  'an encoded slash': '/%2fevil.example',
  'encoded twice': '/%252fevil.example',
  'encoded three times': '/%25252fevil.example',
  'encoded more often than any path is': `/%${'25'.repeat(9)}2fevil.example`,
  'a scheme without slashes': 'https:evil.example',
  'a scheme with one slash': 'https:/evil.example',
  'a scheme in mixed case': 'HtTpS://evil.example',
  'a script': 'javascript:alert(1)',
  'a script after a tab': '\tjavascript:alert(1)',
  'a script with a line break in its name': 'java\nscript:alert(1)',
  'data': 'data:text/html,<script>alert(1)</script>',
  'a blob': 'blob:https://platform.example/1',
  'a tab between the slashes': '/\t/evil.example',
  'a line break between the slashes': '/\n/evil.example',
  'a carriage return between the slashes': '/\r/evil.example',
  'a zero byte': '/\0/evil.example',
  'an encoded tab between the slashes': '/%09/evil.example',
  'a space in front': ' //evil.example',
  'a tab in front': '\t//evil.example',
  'dots that leave two slashes': '/.//evil.example',
  'dots that go up and leave two slashes': '/peers/..//evil.example',
  'encoded dots that leave two slashes': '/%2e//evil.example',
  'dots encoded twice that leave two slashes': '/%252e//evil.example',
  'this site as a user of another': 'https://platform.example@evil.example/',
  'this site as a user, no scheme': '//platform.example@evil.example/',
  'another site that begins like this one': 'https://platform.example.evil.example/',
  'this site in full': 'https://platform.example/peers',
  'another port of this site': '//platform.example:8443/',
  'a broken encoding': '/%zz',
  'a relative path': 'peers',
  'a query alone': '?next=//evil.example',
  'more than any page needs': `/peers?search=${'a'.repeat(3000)}`,
  'nothing': '',
  'several': ['/peers', '//evil.example'],
  'none': undefined,
}

const HERE: Record<string, [given: string, kept: string]> = {
  'the start': ['/', '/'],
  'a page with its filters': ['/alerts?status=open,acknowledged#a', '/alerts?status=open,acknowledged#a'],
  'an address in a filter': ['/peers?search=//evil.example', '/peers?search=//evil.example'],
  'a percent sign in a filter': ['/peers?search=100%25', '/peers?search=100%25'],
  'a path that looks like a user': ['/user@evil.example', '/user@evil.example'],
  'a name with a space': ['/rules#caf%C3%A9 1', '/rules#caf%C3%A9%201'],
  'dots that stay': ['/settings/../peers', '/peers'],
}

describe('a page to go on to', () => {
  test.each(Object.entries(AWAY))('never leads away: %s', (_, value) => {
    expect(localPath(value, ORIGIN)).toBeUndefined()
  })

  test.each(Object.entries(HERE))('may be any here: %s', (_, [given, kept]) => {
    expect(localPath(given, ORIGIN)).toBe(kept)
  })

  test('is one here again when it is read again', () => {
    for (const [, kept] of Object.values(HERE)) expect(localPath(kept, ORIGIN)).toBe(kept)
  })

  test('belongs to the origin of the window', () => {
    expect(localPath('/peers')).toBe('/peers')
    expect(localPath(`${window.location.origin}/peers`)).toBeUndefined()
  })
})

test.each([
  ['https://platform.example/invitation#token=1', true],
  ['https://platform.example:443/', true],
  ['http://platform.example/', false],
  ['https://platform.example:8443/', false],
  ['https://platform.example@evil.example/', false],
  ['https://user@platform.example/', false],
  ['https://platform.example.evil.example/', false],
  ['//platform.example/', false],
  ['javascript:alert(1)', false],
])('%s is an address of this app: %s', (address, expected) => {
  expect(isOurs(address, ORIGIN)).toBe(expected)
})

test.each([
  ['https://login.acme.example/authorize', true],
  ['http://localhost:3000', true],
  ['javascript:alert(1)', false],
  [' java\nscript:alert(1)', false],
  ['data:text/html,x', false],
  ['otpauth://totp/x', false],
  ['/sso/acme', false],
  ['', false],
])('%s is an address of the web: %s', (address, expected) => {
  expect(isWebAddress(address)).toBe(expected)
})
