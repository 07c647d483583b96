import { expect, test } from 'vitest'
import { fileSize } from './fileSize'

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1234, '1.2 kB'],
  [56_700, '56.7 kB'],
  [412_700_000, '413 MB'],
  [4_294_967_296, '4.3 GB'],
  [7e12, '7,000 GB'],
])('%d is %s', (bytes, words) => expect(fileSize(bytes, 'en-GB')).toBe(words))
