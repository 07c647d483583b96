import { LISTS } from './lists'
import { atEveryWidth, fits, screenshot, softly, test } from './stage'

// Colours change no width: one theme shows them, and the tests of states show the other.
test.describe('light', () => {
  for (const [name, { path, ready, list }] of Object.entries(LISTS)) {
    test(`${name} at every width`, async ({ mock, open }) => {
      mock.scenario = 'long-names'
      const page = await open()
      await page.goto(path)
      await atEveryWidth(page, async (width) => {
        await page.getByText(ready).filter({ visible: true }).first().waitFor()
        await screenshot(page, `${name}-${width}-light`)
        await fits(page, `${name} at ${width}`)
        if (width < 640) return
        // A name is whole as long as any lesser column has room.
        const cut = () => page.evaluate(
          (label) =>
            [...document.querySelectorAll(`table[aria-label="${label}"] tbody tr[data-row]`)].flatMap((row) => {
              const cells = [...row.querySelectorAll<HTMLElement>('td')]
              const named = cells.find((cell) => cell.title !== '')
              return named && cells.length > 1 && named.scrollWidth > named.clientWidth && named.title.length <= 40 ? [named.title] : []
            }),
          list,
        )
        await softly.poll(cut, `${name} at ${width} cuts names`).toEqual([])
      })
    })
  }
})
