import { fireEvent, render } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { useRowKeys } from './rowKeys'

function Rows({ ids }: { ids: string[] }) {
  useRowKeys({ ids })
  return (
    <ul>
      {ids.map((id) => (
        <li key={id} data-row={id} tabIndex={-1}>
          {id.startsWith('link') ? <a href={`#${id}`}>{id}</a> : id}
        </li>
      ))}
    </ul>
  )
}

const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key })
const focused = () => document.activeElement?.textContent

beforeEach(() => {
  ;(document.activeElement as HTMLElement | null)?.blur()
})

test('j and k walk the rows in their order, with a link or without', () => {
  render(<Rows ids={['link-1', 'plain-2', 'link-3']} />)
  press('j')
  expect(focused()).toBe('link-1')
  press('j')
  expect(focused()).toBe('plain-2')
  press('j')
  press('j')
  expect(focused()).toBe('link-3')
  press('k')
  expect(focused()).toBe('plain-2')
})

test('a row that is gone leaves its place to the next one', () => {
  const { rerender } = render(<Rows ids={['link-1', 'link-2', 'link-3', 'link-4']} />)
  press('j')
  press('j')
  expect(focused()).toBe('link-2')
  rerender(<Rows ids={['link-1', 'link-3', 'link-4']} />)
  press('j')
  expect(focused()).toBe('link-3')
})
