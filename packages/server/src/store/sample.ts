// Sample: whether the bundled sample fleet is what is shown.

import type { Client } from './schema.ts'

/** True where any cluster of the sample is there. It tells nothing of what a caller may not see, so it asks for no permission. */
export async function hasSample(db: Client): Promise<boolean> {
  const found = await db
    .selectFrom('cluster')
    .select('cluster_id')
    .where('is_sample', '=', true)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Says of a cluster that it is a sample. */
export async function markSample(db: Client, clusterId: string): Promise<void> {
  await db.updateTable('cluster').set({ is_sample: true }).where('cluster_id', '=', clusterId).execute()
}
