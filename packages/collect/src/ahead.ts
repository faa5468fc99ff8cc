// Ahead: prepares things while those before them are still being used, and gives them in their order.

/** What `work` makes of each item, in the items' order; up to `width` of them are under way. `work` must not reject. */
export async function* ahead<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = []
  for (const item of items) {
    underWay.push(work(item))
    if (underWay.length >= width) yield (await underWay.shift()) as R
  }
  while (underWay.length > 0) yield (await underWay.shift()) as R
}
