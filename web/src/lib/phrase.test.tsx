import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { filled, phrase } from './phrase'

const html = (node: React.ReactNode): string => render(<p>{node}</p>).container.innerHTML

test('values stand where the text names them', () => {
  expect(html(phrase('{who} left {when}.', { who: <b>Ada</b>, when: 'today' }))).toBe('<p><b>Ada</b> left today.</p>')
})

test('words of the text go into an element, with values among them', () => {
  const text = 'Ask <link>the owner, {name}</link>, first.'
  expect(html(phrase(text, { link: (words) => <a href="/owner">{words}</a>, name: <i>Ada</i> }))).toBe('<p>Ask <a href="/owner">the owner, <i>Ada</i></a>, first.</p>')
})

test('what somebody wrote is not read for places', () => {
  expect(html(phrase('Deleted {name}.', { name: '{name} <b>x</b>' }))).toBe('<p>Deleted {name} &lt;b&gt;x&lt;/b&gt;.</p>')
})

test('a text without places is itself', () => {
  expect(html(phrase('Nothing.', {}))).toBe('<p>Nothing.</p>')
})

test('a value that is missing does not compile', () => {
  // @ts-expect-error `name` is missing
  expect(html(phrase('Deleted {name}.', {}))).toBe('<p>Deleted .</p>')
  const written = ['Deleted', '{name}.'].join(' ')
  // @ts-expect-error The text is not known when the app is built.
  expect(html(phrase(written, { name: 'x' }))).toBe('<p>Deleted x.</p>')
})

test('pieces stand where the text names them, in its order', () => {
  const [ada, bo, group] = [{ id: 'ada' }, { id: 'bo' }, { id: 'ops' }]
  expect(filled<'Add {added} to {group}', object | string>('Add {added} to {group}', { group: [group], added: [ada, ' and ', bo] })).toEqual(['Add ', ada, ' and ', bo, ' to ', group])
  expect(filled('{group}, too', { group: [group] })).toEqual([group, ', too'])
  expect(filled('Nothing', {})).toEqual(['Nothing'])
  // @ts-expect-error `group` is missing
  expect(filled('Delete {group}', {})).toEqual(['Delete '])
})
