import { expect, test } from 'vitest'
import { fitColumns, nameWidth, type Column } from './columns'

const column = (id: string, width: number, priority: number): Column<string> => ({ id, title: id, width, priority, cell: () => id })
const COLUMNS = [column('status', 190, 9), column('ip', 128, 8), column('groups', 176, 5), column('os', 144, 4), column('version', 92, 6)]
const shown = (width: number, name: number) => fitColumns(COLUMNS, width, name).map(({ id }) => id)

test('the least important columns go first, and those that stay keep their order', () => {
  expect(shown(1400, 200)).toEqual(['status', 'ip', 'groups', 'os', 'version'])
  expect(shown(800, 200)).toEqual(['status', 'ip', 'groups', 'version'])
  expect(shown(620, 200)).toEqual(['status', 'ip', 'version'])
  expect(shown(400, 200)).toEqual(['status'])
})

test('a name keeps its room before any other column has some', () => {
  const long = nameWidth(['the-routing-peer-of-the-warehouse-in-lyon'])
  expect(long).toBe(376)
  for (const width of [500, 640, 768, 900, 1024, 1280, 1440, 1920]) {
    const taken = fitColumns(COLUMNS, width, long).reduce((sum, { width: one }) => sum + one, 0)
    expect(width - taken).toBeGreaterThanOrEqual(Math.min(long, width))
  }
})

test('a name over 40 letters is cut, and short ones leave room', () => {
  expect(nameWidth(['x'.repeat(200)])).toBe(376)
  expect(nameWidth(['a', 'b'])).toBe(130)
})
