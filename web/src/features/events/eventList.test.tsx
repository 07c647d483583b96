import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Event } from '@/api/types'
import { eventList } from './eventList'
import { facetsOf } from './facets'

const source = eventList(facetsOf([])).columns.find(({ id }) => id === 'source')

test.each([
  ['netbird', 'NetBird'],
  ['carrier_pigeon', 'Carrier pigeon'],
])('who tells of an event is named, though only a newer API knows it: %s', (value, word) => {
  const event = { source: value } as Event
  const { container } = render(<>{source?.cell(event, { gone: false })}</>)
  expect(container.textContent).toBe(word)
  expect(source?.text?.(event)).toBe(word)
})
