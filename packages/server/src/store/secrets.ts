// Secrets: random keys of this installation, made by whichever replica needs one first and shared by all.

import type { Client } from './schema.ts'

/** The key of a name; `fresh` is kept where there is none yet. */
export async function getSecret(db: Client, name: string, fresh: Buffer, now: Date): Promise<Buffer> {
  await db
    .insertInto('secret')
    .values({ name, value: fresh, created_at: now })
    .onConflict(oc => oc.column('name').doNothing())
    .execute()
  const row = await db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return row.value
}
