// Pool: does work on many things, a few at a time, and keeps their order.

/** The results of `work` on each item, in the items' order; at most `width` run at a time. Rejects with the first error. */
export async function mapPool<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const run = async () => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T, index)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, run))
  return results
}
