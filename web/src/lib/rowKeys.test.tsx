import { fireEvent, render } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { useRowKeys } from './rowKeys'

function Rows({ ids, onOpen }: { ids: string[]; onOpen?: (address: string) => void }) {
  useRowKeys({ ids, ...(onOpen && { onOpen }) })
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

test('beside an open panel they open the row that they come to, behind a dialog nothing', () => {
  const opened: string[] = []
  const rows = <Rows ids={['link-1', 'link-2', 'plain-3']} onOpen={(address) => opened.push(address)} />
  const { rerender } = render(<>{rows}</>)
  press('j')
  expect(opened).toEqual([])
  const beside = <div role="dialog" data-panel="" />
  rerender(
    <>
      {rows}
      {beside}
    </>,
  )
  press('j')
  press('j')
  press('k')
  expect(opened).toEqual(['#link-2', '#link-2'])
  rerender(
    <>
      {rows}
      {beside}
      <div role="dialog" />
    </>,
  )
  press('k')
  expect(opened).toHaveLength(2)
})
