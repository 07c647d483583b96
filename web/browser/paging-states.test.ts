import type { Page } from '@playwright/test'
import { LISTS } from './lists'
import { expect, test } from './stage'

type Row = Record<string, unknown>

/** Some lists lie in an object, which says where the next page begins; others are told so by a header. */
const rowsOf = (body: Row[] | Record<string, unknown>): Row[] => (Array.isArray(body) ? body : (Object.values(body).find(Array.isArray) as Row[]))

/** One row more on a second page, like the first of all but for what rows are told apart by. */
const another = (row: Row): Row => ({ ...row, id: '0193ffff-0000-7000-8000-00000000aaaa', ...(row.startedAt !== undefined && { startedAt: '2020-01-01T00:00:00.000Z' }), ...(row.peerId !== undefined && { peerId: 'another' }) })

/** Cuts a list in two, and says what was asked for. The second page is refused as often as it is said. */
async function cutInTwo(page: Page, path: string, refusals: number): Promise<URLSearchParams[]> {
  const asked: URLSearchParams[] = []
  let refused = 0
  await page.route(
    ({ pathname }) => pathname === path,
    async (route) => {
      const query = new URL(route.request().url()).searchParams
      asked.push(query)
      if (query.get('cursor') === 'second' && refused < refusals) {
        refused += 1
        await route.fulfill({ status: 422, contentType: 'application/problem+json', json: { type: 'https://netbird-platform.dev/problems/validation', title: 'Not valid', status: 422, detail: 'The cursor is not valid.', requestId: '0193c000' } })
        return
      }
      // What the API answers without a cursor, whatever page is asked for.
      const url = new URL(route.request().url())
      url.searchParams.delete('cursor')
      const response = await route.fetch({ url: url.href })
      const body = (await response.json()) as Row[] | Record<string, unknown>
      const [first] = rowsOf(body)
      if (!first) throw new Error(`${path} has no row`)
      const rows = query.get('cursor') === 'second' ? [another(first)] : rowsOf(body)
      const next = query.get('cursor') === 'second' ? null : 'second'
      const { link: _, ...headers } = response.headers()
      if (next !== null) headers.link = `<${path}?cursor=${next}>; rel="next"`
      const json = Array.isArray(body) ? rows : { ...Object.fromEntries(Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? rows : value])), nextCursor: next }
      await route.fulfill({ response, headers, json: json as object })
    },
  )
  return asked
}

for (const [name, { path, list, pages }] of Object.entries(LISTS)) {
  if (pages === null) continue
  test(`page two of ${name} follows the first, once it can be read`, async ({ open }) => {
    const page = await open()
    const asked = await cutInTwo(page, pages, 1)
    await page.goto(path)
    const table = page.getByRole('table', { name: list, exact: true })
    await table.locator('tr[data-row]').first().waitFor()
    const loaded = async () => Number(await table.getAttribute('aria-rowcount'))
    const before = await loaded()
    // Its end may be far below what is on screen.
    await page.mouse.move(700, 500)
    const failed = page.getByRole('alert').filter({ hasText: 'could not be loaded' })
    await expect(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
      await expect(failed).toBeVisible({ timeout: 100 })
    }).toPass()
    const seconds = () => asked.filter((query) => query.has('cursor'))
    // It is not asked for over and over, which would be a storm.
    expect(seconds()).toHaveLength(1)
    await failed.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(loaded).toBe(before + 1)
    await expect(failed).toBeHidden()
    expect(seconds()).toHaveLength(2)
    // It is the second page of what was asked for first.
    const without = (query: URLSearchParams) => [...query].filter(([key]) => key !== 'cursor')
    const firsts = asked.filter((query) => !query.has('cursor')).map(without)
    for (const second of seconds()) expect(firsts).toContainEqual(without(second))
  })
}
