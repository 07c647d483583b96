import { expect, test } from 'vitest'
import { isIp } from './ip'

test.each(['203.0.113.7', '0.0.0.0', '255.255.255.255', '::', '::1', '2001:db8:85a3::8a2e:370:7334', '2001:DB8::1', '::ffff:198.51.100.9'])('%s is an address', (text) => {
  expect(isIp(text)).toBe(true)
})

test.each(['', 'here', '203.0.113', '203.0.113.256', '203.0.113.07', '203.0.113.7/24', '203.0.113.7:443', '1', ':', '1:2', '::1::', 'fe80::1%eth0', '[::1]', '::1]/path', 'router.example', ' ::1'])('“%s” is none', (text) => {
  expect(isIp(text)).toBe(false)
})
