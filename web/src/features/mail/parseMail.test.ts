import { expect, test } from 'vitest'
import { linksIn, parseMail } from './parseMail'

test('reads both parts, folded headers and encoded words', () => {
  const mail = parseMail(
    [
      'From: Platform <alerts@example.org>',
      'To: ops@example.org',
      'Subject: =?utf-8?Q?Caf=C3=A9_?=',
      ' =?utf-8?B?aXN0IHp1?=',
      'Content-Type: multipart/alternative;',
      '\tboundary="b1"',
      '',
      '--b1',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'A long line that =',
      'goes on for 3=C2=A0min = 1.',
      '--b1',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      btoa('<p>Hello</p>'),
      '--b1--',
      '',
    ].join('\r\n'),
  )
  expect(mail.subject).toBe('Café ist zu')
  expect(mail.text).toBe('A long line that goes on for 3\u00a0min = 1.')
  expect(mail.html).toBe('<p>Hello</p>')
})

test('a mail without parts is its text', () => {
  expect(parseMail('Subject: Hi\n\nBody\n').text).toBe('Body\n')
})

test('finds each link once, without the sentence around it', () => {
  const text = 'Open https://a.example/invitation#token=ab-c_1.\nOr (https://a.example/settings), or https://a.example/settings again.'
  expect(linksIn(text)).toEqual(['https://a.example/invitation#token=ab-c_1', 'https://a.example/settings'])
})
