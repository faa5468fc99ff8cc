/** Works through a long list with a few workers at a time. */

/** Calls `work` for each of 0 to `count - 1`, `workers` at a time; the first error ends it. */
export async function forEachIndex(
  count: number,
  workers: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) {
      const index = next++
      try {
        await work(index)
      } catch (error) {
        next = count
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, count) }, worker))
}
