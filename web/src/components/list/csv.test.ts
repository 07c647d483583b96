import { expect, test } from 'vitest'
import { csvOf } from './csv'

const COLUMNS = [{ title: 'Name', text: ({ name }: { name: string }) => name }, { title: 'Actions' }, { title: 'Length', text: ({ name }: { name: string }) => String(name.length) }]

test('what separates is quoted, and what a spreadsheet would run is text', () => {
  expect(csvOf(COLUMNS, [{ name: 'a "b", c' }, { name: '=HYPERLINK("http://evil.example")' }, { name: '-1' }])).toBe(
    ['Name,Length', '"a ""b"", c",8', `"'=HYPERLINK(""http://evil.example"")",33`, "'-1,2", ''].join('\r\n'),
  )
})
