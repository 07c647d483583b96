import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SearchInput } from './SearchInput'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const field = () => screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search peers' })
const type = (text: string) => fireEvent.change(field(), { target: { value: text } })
const pause = () =>
  act(() => {
    vi.advanceTimersByTime(250)
  })

function shown(value = '') {
  const onSearch = vi.fn<(text: string, goesOn: boolean) => void>()
  const of = (value: string) => <SearchInput label="Search peers" placeholder="Search" value={value} onSearch={onSearch} />
  const { rerender } = render(of(value))
  return { onSearch, arrive: (value: string) => rerender(of(value)) }
}

test('what is typed while the address follows what was typed before stays', () => {
  const { onSearch, arrive } = shown()
  type('lap')
  pause()
  expect(onSearch).toHaveBeenLastCalledWith('lap', false)
  expect(field().value).toBe('lap')
  type('laptop')
  arrive('lap')
  expect(field().value).toBe('laptop')
  pause()
  expect(onSearch).toHaveBeenLastCalledWith('laptop', true)
})

test('an address that changes by other means is what the field shows', () => {
  const { arrive } = shown('lap')
  arrive('')
  expect(field().value).toBe('')
  type('web ')
  pause()
  arrive('web')
  expect(field().value).toBe('web ')
  arrive('')
  arrive('web')
  expect(field().value).toBe('web')
})
