/** Does something with each item, so many at a time, and ends when all are done. */
export async function atMost<T>(atOnce: number, items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const left = items.values()
  const work = async () => {
    for (const item of left) await run(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work))
}
