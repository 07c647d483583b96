import { expect, test } from 'vitest'
import type { LinkedAlert } from '@/api/types'
import { settled } from './settled'

test.each([
  ['acknowledged', true, 'Acknowledged', 'ok'],
  ['acknowledged', false, 'Already acknowledged', 'ok'],
  ['suppressed', false, 'Suppressed', 'muted'],
  ['resolved', false, 'It is over', 'ok'],
  // Nothing that is not known to be well is shown as well.
  ['open', false, 'Open', 'warn'],
  ['moon_phase', false, 'Moon phase', 'warn'],
] as const)('an alert that is %s, by this link %s, is “%s”', (status, isOwn, title, tone) => {
  expect(settled(status as LinkedAlert['status'], isOwn)).toMatchObject({ title, tone })
})
