import { expect, test } from 'vitest'
import { atMost } from './atMost'

test('as many at a time as allowed, each once, until all are done', async () => {
  const finish: (() => void)[] = []
  const begun: number[] = []
  const all = atMost(4, [1, 2, 3, 4, 5, 6], async (item) => {
    begun.push(item)
    await new Promise<void>((resolve) => finish.push(resolve))
  })
  expect(begun).toEqual([1, 2, 3, 4])
  finish[1]?.()
  await expect.poll(() => begun).toEqual([1, 2, 3, 4, 5])
  finish.forEach((one) => one())
  await expect.poll(() => begun).toEqual([1, 2, 3, 4, 5, 6])
  finish.at(-1)?.()
  await all
})
